"""Gates: what goes wrong on the way through one, where a value branches, and forward."""

from __future__ import annotations

import math

from playground.lessons.misconceptions.families import ADDED, BRANCH, FORGOTTEN, ROUTED, SIGN, SWAPPED
from playground.lessons.misconceptions.law import Question, WrongLaw

_PASSED = ("wire", "delta")
"""Downstream = upstream × local: through a gate, through a neuron's activation."""
_SIGMOID, _TANH, _RELU = (("wire." + name, "delta." + name) for name in ("sigmoid", "tanh", "relu"))
_ADDS = ("wire.add", "wire.sum", "wire.subtract")
_CURVES = (*(f"{kind}.{name}" for kind in _PASSED for name in ("softplus", "elu", "gelu", "silu", "sine", "sin")),
           "wire.cos", "wire.log", "wire.sqrt")  # fmt: skip

QUESTIONS = (
    Question("wire", "upstream × local = {upstream:p} × {local:p}",
             "Downstream = upstream × local: take what arrives at {out_name}, {upstream}, and the local gradient of "
             "the {gate}, {local_formula}."),
    Question("delta", "upstream × local = {upstream:p} × {local:p}",
             "δ = upstream × local: take what arrives at {out_name}, {upstream}, and the local gradient of "
             "the {gate}, {local_formula}."),
    Question("local", "{local_formula}", "The local gradient asks only this gate: by how much does its output change "
             "when this input alone changes a little?"),
    Question("branch", "{terms:p}", "{name} is used {n} times, so {n} contributions come back to it: add them."),
    Question("value", "{plugged}", "Go left to right: put the numbers into {template}."),
)  # fmt: skip

LAWS = (
    # ---- downstream = upstream × local ----
    WrongLaw("chain.local_forgotten", FORGOTTEN, _PASSED,
             lambda f: f.upstream if abs(f.local) not in (0.0, 1.0) else None,
             "{typed} is the upstream alone{made_of}. The local gradient of the {gate}, {local_formula}, is missing: "
             "{at}, so how much does it let through?"),
    WrongLaw("chain.upstream_forgotten", FORGOTTEN, _PASSED, lambda f: f.local or None,
             "{typed} is the local gradient alone, {local_formula}. What arrives from the loss side, {upstream}, "
             "has to be multiplied with it."),
    WrongLaw("chain.added", ADDED, _PASSED, lambda f: f.upstream + f.local if f.local else None,
             "{typed} adds upstream and local: {upstream:p} + {local:p}. The chain rule multiplies them."),
    WrongLaw("chain.divided", SWAPPED, _PASSED,
             lambda f: f.upstream / f.local if abs(f.local) != 1.0 else None,
             "{typed} divides the upstream by the local gradient: {upstream:p} / {local:p}. The chain rule multiplies "
             "them."),
    WrongLaw("chain.sign", SIGN, _PASSED, lambda f: -f.upstream * f.local if f.local != -1.0 else None,
             "{typed} has the right size and the wrong sign. Count the minus signs of the upstream, {upstream}, and "
             "of the local gradient, {local}."),
    # ---- multiply, add, subtract ----
    WrongLaw("multiply.own_input", SWAPPED, ("wire.multiply",), lambda f: f.upstream * f.own,
             "{typed} is upstream × {in_name}, the input's own value. A multiply gate swaps: how much its output "
             "changes with {in_name} is the other input, {other_name}."),
    WrongLaw("multiply.product", SWAPPED, ("wire.multiply",), lambda f: f.upstream * f.out,
             "{typed} is upstream × the gate's output, {out}. The derivative of the product by {in_name} leaves only "
             "the other input, {other_name}."),
    WrongLaw("add.own_value", SWAPPED, _ADDS,
             lambda f: f.upstream * f.own if abs(f.own) != 1.0 else None,
             "{typed} multiplies the upstream by {in_name} = {own}, as a multiply gate would with its other input. An "
             "add or subtract gate asks for no value: its local gradients are 1 and −1."),
    WrongLaw("add.shared", BRANCH, _ADDS, lambda f: f.upstream * f.local / f.n,
             "{typed} shares the upstream among the {n} inputs. The {gate} hands all of it to each of them: when "
             "{in_name} moves by 1, the output moves by 1."),
    WrongLaw("add.output", SWAPPED, _ADDS, lambda f: f.upstream * f.out,
             "{typed} is upstream × the gate's output, {out}. The local gradient of the {gate} does not depend on "
             "any value: what is the derivative of {local_of}?"),
    WrongLaw("subtract.minus_forgotten", SIGN, ("wire.subtract", "wire.negate"),
             lambda f: f.upstream if f.local == -1.0 else None,
             "{typed} is the upstream unchanged. {in_name} stands behind a minus: when it grows, {out_name} falls."),
    WrongLaw("negate.own_value", SWAPPED, ("wire.negate",), lambda f: -f.upstream * f.own,
             "{typed} multiplies by {in_name} = {own}. The slope of −{in_name} is the same everywhere."),
    # ---- max and min ----
    WrongLaw("max.to_both", ROUTED, ("wire.max", "wire.min"), lambda f: None if f.local else f.upstream,
             "{typed} is the whole upstream, but {in_name} = {own} does not win. The {gate} routes: a small change of "
             "{in_name} does not reach {out_name} at all."),
    WrongLaw("max.shared", ROUTED, ("wire.max", "wire.min", "delta.maxout"), lambda f: f.upstream / f.n,
             "{typed} shares the upstream among the {n} that compete. The {gate} routes: the winner gets all of it."),
    WrongLaw("max.value", ROUTED, ("wire.max", "wire.min"),
             lambda f: f.upstream * f.own if f.own != 1.0 else None,
             "{typed} multiplies the upstream by {in_name} = {own}. The {gate} chooses, it does not scale: its local "
             "gradient is 1 for the winner and 0 for the others."),
    WrongLaw("max.winner_gets_nothing", ROUTED, ("wire.max", "wire.min"), lambda f: 0.0 if f.local else None,
             "{typed} is what an input gets that loses. Here {in_name} = {own} wins, so {out_name} moves with it."),
    WrongLaw("max.loser_subtracts", ROUTED, ("wire.max", "wire.min"), lambda f: None if f.local else -f.upstream,
             "{typed} is the upstream with its sign changed. An input that does not win is not subtracted: it does not "
             "reach {out_name} at all."),
    # ---- σ and tanh ----
    WrongLaw("sigmoid.z_for_a", SWAPPED, _SIGMOID, lambda f: f.upstream * f.own * (1.0 - f.own),
             "{typed} puts {in_name} = {own} into the formula. σ·(1 − σ) takes the output, {out_name} = {out}, which "
             "the forward pass has stored."),
    WrongLaw("sigmoid.one_minus_forgotten", FORGOTTEN, _SIGMOID, lambda f: f.upstream * f.out,
             "{typed} is upstream × {out_name}. The slope of σ has two factors, {local_formula}: the second is "
             "missing. At {out_name} = {out}, what is it?"),
    WrongLaw("sigmoid.a_forgotten", FORGOTTEN, _SIGMOID, lambda f: f.upstream * (1.0 - f.out),
             "{typed} is upstream × (1 − {out_name}). The slope of σ has two factors, {local_formula}: the first is "
             "missing."),
    WrongLaw("sigmoid.tanh_slope", SWAPPED, _SIGMOID, lambda f: f.upstream * (1.0 - f.out * f.out),
             "{typed} takes 1 − {out_name}², which is the slope of tanh. This is σ: its slope is at most ¼."),
    WrongLaw("sigmoid.plus", SIGN, _SIGMOID, lambda f: f.upstream * f.out * (1.0 + f.out),
             "{typed} takes {out_name}·(1 + {out_name}). The sign is a minus: σ is flat where {out_name} is near 0 and "
             "where it is near 1."),
    WrongLaw("tanh.z_for_a", SWAPPED, _TANH, lambda f: f.upstream * (1.0 - f.own * f.own),
             "{typed} puts {in_name} = {own} into 1 − a². The slope takes the output, {out_name} = {out}: square "
             "that one."),
    WrongLaw("tanh.output", SWAPPED, _TANH, lambda f: f.upstream * f.out,
             "{typed} is upstream × {out_name}, the height of tanh. The chain rule needs its slope there: "
             "{local_formula}."),
    WrongLaw("tanh.square_forgotten", FORGOTTEN, _TANH, lambda f: f.upstream * (1.0 - f.out),
             "{typed} is upstream × (1 − {out_name}): the square is missing. The slope of tanh is {local_formula}, "
             "the same on both sides of 0."),
    WrongLaw("tanh.one_minus_forgotten", FORGOTTEN, _TANH, lambda f: f.upstream * f.out * f.out,
             "{typed} is upstream × {out_name}². tanh is flat near ±1, so its slope is {local_formula}: the "
             "1 − is missing."),
    WrongLaw("tanh.sigmoid_slope", SWAPPED, _TANH, lambda f: f.upstream * f.out * (1.0 - f.out),
             "{typed} takes {out_name}·(1 − {out_name}), which is the slope of σ. This is tanh: {local_formula}."),
    WrongLaw("tanh.plus", SIGN, _TANH, lambda f: f.upstream * (1.0 + f.out * f.out),
             "{typed} takes 1 + {out_name}², so that the slope would grow outwards. tanh is flat near ±1: the "
             "sign is a minus."),
    # ---- ReLU and other curves ----
    WrongLaw("relu.blocked_passes", ROUTED, (*_RELU, "wire.step", "delta.step"),
             lambda f: None if f.local else f.upstream,
             "{typed} lets the whole upstream through. {in_name} = {own}, where the {gate} is flat: a small change "
             "of {in_name} does not change {out_name}."),
    WrongLaw("relu.blocked_turns", ROUTED, _RELU,
             lambda f: None if f.local else -f.upstream,
             "{typed} changes the sign of the upstream, as if the {gate} had slope −1 below 0. It is flat there."),
    WrongLaw("relu.slope_alone", FORGOTTEN, _RELU,
             lambda f: 1.0 if not f.local and f.upstream != 1.0 else None,
             "{typed} is the slope above 0. {in_name} = {own} is not above 0, and the upstream has to be multiplied "
             "with what the slope is there."),
    WrongLaw("relu.value", SWAPPED, (*_RELU, "delta.linear", "delta.maxout", "wire.leaky_relu",
                                     "delta.leaky_relu", "wire.step", "delta.step"),
             lambda f: f.upstream * f.own,
             "{typed} multiplies the upstream by the value {in_name} = {own}. What counts is the slope at that value: "
             "{local_formula}."),
    WrongLaw("relu.dead_here", ROUTED, _RELU, lambda f: 0.0 if f.local else None,
             "{typed} would be right for a {gate} that is off. {in_name} = {own} is above 0: this one is on, and "
             "passes the upstream."),
    WrongLaw("leaky_relu.dead", ROUTED, ("wire.leaky_relu", "delta.leaky_relu"), lambda f: 0.0,
             "{typed} would be right for ReLU at or below 0. A leaky one passes a share of the upstream even there: "
             "which slope does it have at {in_name} = {own}?"),
    WrongLaw("chain.output_for_slope", SWAPPED, _CURVES, lambda f: f.upstream * f.out,
             "{typed} multiplies the upstream by the height of the curve, {out_name} = {out}. The chain rule needs "
             "its slope there: {local_formula}."),
    WrongLaw("chain.input_for_slope", SWAPPED, (*_CURVES, "wire.exp", "wire.abs", "wire.divide"),
             lambda f: f.upstream * f.own,
             "{typed} multiplies the upstream by the input, {in_name} = {own}. The chain rule needs the slope of the "
             "{gate} there: {local_formula}."),
    # ---- power, divide, exp ----
    WrongLaw("exp.power_rule", SWAPPED, ("wire.exp",), lambda f: f.upstream * f.own * math.exp(f.own - 1.0),
             "{typed} brings the exponent down, as for a power of {in_name}. Here {in_name} itself is the exponent, "
             "and the exponential is its own derivative."),
    WrongLaw("power.exponent_forgotten", FORGOTTEN, ("wire.power",),
             lambda f: f.upstream * f.own ** (f.other - 1.0),
             "{typed} lowers the exponent to {other} − 1 and forgets to bring it down: the factor {other} is "
             "missing."),
    WrongLaw("power.not_lowered", FORGOTTEN, ("wire.power",), lambda f: f.upstream * f.other * f.own**f.other,
             "{typed} brings the exponent {other} down and leaves it above as well. It becomes {other} − 1."),
    WrongLaw("power.output", SWAPPED, ("wire.power",), lambda f: f.upstream * f.out,
             "{typed} is upstream × the gate's output, {out}. Its slope is {local_formula}."),
    WrongLaw("divide.multiplied", SWAPPED, ("wire.divide",), lambda f: f.upstream * f.other,
             "{typed} is upstream × {other_name}, as at a multiply gate. This one divides: {local_formula}."),
    WrongLaw("divide.reciprocal", SWAPPED, ("wire.divide",), lambda f: f.upstream / f.own,
             "{typed} is upstream / {in_name}. The local gradient here is {local_formula}."),
    WrongLaw("divide.output", FORGOTTEN, ("wire.divide",), lambda f: f.upstream * f.out,
             "{typed} is upstream × the gate's output, {out}. The local gradient is {local_formula}."),
    # ---- local gradients ----
    WrongLaw("local.own_input", SWAPPED, ("local.multiply",), lambda f: f.own,
             "{typed} is {in_name} itself. The derivative of the product by {in_name} leaves the other input."),
    WrongLaw("local.output", SWAPPED, ("local",), lambda f: f.out,
             "{typed} is the gate's output, {out_name}. The local gradient is how fast that changes with {in_name}."),
    WrongLaw("local.input", SWAPPED, ("local",), lambda f: f.own if f.gate != "multiply gate" else None,
             "{typed} is the input, {in_name}. The local gradient is how fast {out_name} changes with it."),
    WrongLaw("local.sign", SIGN, ("local",), lambda f: -f.local,
             "{typed} has the right size and the wrong sign: does {out_name} rise or fall when {in_name} grows?"),
    WrongLaw("local.times_upstream", SWAPPED, ("local",), lambda f: f.upstream * f.local,
             "{typed} already contains the upstream, {upstream}. That is the downstream gradient; the local one asks "
             "this gate alone."),
    WrongLaw("local.upstream", SWAPPED, ("local",), lambda f: f.upstream,
             "{typed} is the upstream, which comes from beyond. The local gradient asks this gate alone."),
    # ---- a value that branches ----
    WrongLaw("branch.overwritten", BRANCH, ("branch",), lambda f: f.terms[-1],
             "{typed} is the contribution of one branch alone: the last one has overwritten the others. {name} is "
             "used {n} times, and what comes back adds up."),
    WrongLaw("branch.first_only", BRANCH, ("branch",), lambda f: f.terms[0],
             "{typed} is the contribution of the first branch alone. {name} is used {n} times: the others send "
             "something back, too."),
    WrongLaw("branch.averaged", BRANCH, ("branch",), lambda f: sum(f.terms) / len(f.terms),
             "{typed} is the mean of the {n} contributions. Where a value branches they are added: a change of {name} "
             "goes every way at once."),
    WrongLaw("branch.multiplied", ADDED, ("branch",), lambda f: math.prod(f.terms),
             "{typed} multiplies the contributions. Factors belong along one path; different paths are added."),
    WrongLaw("branch.subtracted", SIGN, ("branch",),
             lambda f: f.terms[0] - f.terms[1] if len(f.terms) == 2 else None,
             "{typed} subtracts one contribution from the other. Each already has its sign: add {terms:p}."),
    WrongLaw("branch.turned", SIGN, ("branch",), lambda f: -sum(f.terms),
             "{typed} has the right size and the wrong sign. Add the contributions as they are: {terms:p}."),
    # ---- forward ----
    WrongLaw("value.turned_over", SWAPPED, ("value.divide",),
             lambda f: f.inputs[1] / f.inputs[0] if f.inputs[0] != 1.0 else None,
             "{typed} divides the other way round: of {inputs} the first is the numerator."),
    WrongLaw("value.not_divided", FORGOTTEN, ("value.divide",), lambda f: f.inputs[1],
             "{typed} is the divisor as it came. The gate divides by it."),
    WrongLaw("value.multiplied", SWAPPED, ("value.add", "value.sum", "value.subtract", "value.max", "value.min",
                                           "value.divide"),
             lambda f: math.prod(f.inputs) if f.inputs[0] != 1.0 else None,
             "{typed} multiplies {inputs}. This is the {gate}."),
    WrongLaw("value.added", SWAPPED, ("value.multiply", "value.max", "value.min", "value.subtract", "value.divide",
                                      "value.power"),
             lambda f: sum(f.inputs), "{typed} adds {inputs}. This is the {gate}."),
    WrongLaw("value.subtracted", SWAPPED, ("value.add", "value.multiply"), lambda f: f.inputs[0] - f.inputs[1],
             "{typed} subtracts: {inputs}. This is the {gate}."),
    WrongLaw("value.sign", SIGN, ("value",), lambda f: -f.right,
             "{typed} has the right size and the wrong sign. Mind the signs of {inputs}."),
    WrongLaw("value.first_forgotten", FORGOTTEN, ("value.sum", "value.add"),
             lambda f: sum(f.inputs[1:]), "{typed} leaves out the first of {inputs}."),
    WrongLaw("value.last_forgotten", FORGOTTEN, ("value.sum", "value.add"),
             lambda f: sum(f.inputs[:-1]), "{typed} leaves out the last of {inputs}; a bias is easily overlooked."),
    WrongLaw("value.power_multiplied", SWAPPED, ("value.power",), lambda f: f.inputs[0] * f.inputs[1],
             "{typed} multiplies base and exponent. A power multiplies the base by itself."),
    WrongLaw("value.other_winner", ROUTED, ("value.max", "value.min"),
             lambda f: min(f.inputs) if f.gate.startswith("max") else max(f.inputs),
             "{typed} is the one of {inputs} that loses. Which one does the {gate} take?"),
    WrongLaw("value.curve_forgotten", FORGOTTEN, ("value.sigmoid", "value.tanh", "value.exp", "value.negate",
                                                  "value.relu", "value.log", "value.sqrt", "value.abs"),
             lambda f: f.inputs[0],
             "{typed} is the input as it came. The {gate} makes something of it: {template}."),
    WrongLaw("value.slope", SWAPPED, ("value.sigmoid", "value.tanh", "value.relu"), lambda f: f.local,
             "{typed} is the slope of the {gate} here. The forward pass asks for its height, {template}."),
    WrongLaw("value.absolute", SIGN, ("value.relu",), lambda f: abs(f.inputs[0]),
             "{typed} drops the sign. ReLU is max(0, ·): what is not above 0 becomes 0."),
    WrongLaw("value.sigmoid_turned", SIGN, ("value.sigmoid",), lambda f: 1.0 - f.right,
             "{typed} is σ of the number with the other sign: the minus in e⁻ᶻ was lost."),
)  # fmt: skip
