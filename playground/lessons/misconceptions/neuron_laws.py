"""Neurons: pre-activation and activation, what arrives from the right, and the gradients of weights and biases."""

from __future__ import annotations

import math

from playground.lessons.misconceptions.families import ADDED, BRANCH, FORGOTTEN, ROUTED, SHAPES, SIGN, SWAPPED, TIMING
from playground.lessons.misconceptions.law import Question, WrongLaw

_BACK = ("upstream", "input")
"""Σ δ·w: what arrives at an activation, and at an input of the network."""

QUESTIONS = (
    Question("pre_activation", "{products:p} + {bias:p}",
             "z is a sum: each input times its weight, {weights} with {inputs}, and the bias {bias}."),
    Question("activation", "{plugged}", "Put {in_name} = {z} into {template}."),
    Question("maxout", "max({pieces:c})", "The largest of the pieces {pieces} wins."),
    Question("upstream", "{products}",
             "Go along every edge to the right: each neuron there sends back its δ times the weight of that edge. Add "
             "what comes."),
    Question("input", "{products}",
             "Go along every edge to the right: each neuron there sends back its δ times the weight of that edge. Add "
             "what comes."),
    Question("weight", "δ · {in_name} = {delta:p} · {x:p}",
             "The gradient of a weight is δ of the neuron that it leads to, times what comes in along it."),
    Question("bias", "δ · 1 = {delta:p} · 1", "A bias is a weight whose input is always 1."),
)  # fmt: skip

LAWS = (
    # ---- forward ----
    WrongLaw("z.bias_forgotten", FORGOTTEN, ("pre_activation",), lambda f: sum(f.products),
             "{typed} leaves out the bias: {products:p} is not yet all of it. The bias {bias} is one more term."),
    WrongLaw("z.bias_subtracted", SIGN, ("pre_activation",), lambda f: sum(f.products) - f.bias,
             "{typed} subtracts the bias {bias}. It is added, with the sign that it has."),
    WrongLaw("z.weights_added", ADDED, ("pre_activation",), lambda f: sum(f.weights) + sum(f.inputs) + f.bias,
             "{typed} adds weights and inputs. Each input is multiplied by its weight; then the products are added."),
    WrongLaw("z.minus_lost", SIGN, ("pre_activation",),
             lambda f: sum(map(abs, f.products)) + f.bias if min(f.products) < 0.0 else None,
             "{typed} adds the products as if none were negative. Mind their signs: {products:p}."),
    WrongLaw("z.inputs_forgotten", FORGOTTEN, ("pre_activation",), lambda f: sum(f.weights) + f.bias,
             "{typed} adds the weights {weights} and the bias; the inputs {inputs} are missing."),
    WrongLaw("z.last_product", BRANCH, ("pre_activation",),
             lambda f: f.products[-1] + f.bias if len(f.products) > 1 else None,
             "{typed} has only the last of the products, {products}, and the bias. All of them are added."),
    WrongLaw("z.first_product", BRANCH, ("pre_activation",),
             lambda f: f.products[0] + f.bias if len(f.products) > 1 else None,
             "{typed} has only the first of the products, {products}, and the bias. All of them are added."),
    WrongLaw("z.crossed", SHAPES, ("pre_activation",),
             lambda f: sum(w * x for w, x in zip(f.weights, reversed(f.inputs), strict=True)) + f.bias
             if len(f.weights) == 2 else None,
             "{typed} pairs the weights {weights} with the inputs in the wrong order, {inputs}. The first weight "
             "belongs to the first input."),
    WrongLaw("z.activated", SWAPPED, ("pre_activation",), lambda f: f.a,
             "{typed} is already the activation {out_name}. The question asks for z, the number before the curve."),
    WrongLaw("a.curve_forgotten", FORGOTTEN, ("activation",), lambda f: f.z,
             "{typed} is {in_name}, the number before the curve. The activation is {template}."),
    WrongLaw("a.slope", SWAPPED, ("activation",), lambda f: f.local,
             "{typed} is the slope of the curve at {in_name} = {z}. Forward, the height counts: {template}."),
    WrongLaw("a.turned", SIGN, ("activation",), lambda f: f.turned,
             "{typed} is the height of the curve on the other side of 0. A minus was lost or added: {in_name} = {z}."),
    WrongLaw("a.absolute", SIGN, ("activation.relu", "activation.leaky_relu"), lambda f: abs(f.z),
             "{typed} drops the sign of {in_name} = {z}. What is not above 0 is not turned around: {template}."),
    WrongLaw("a.other_curve", SWAPPED, ("activation",), lambda f: f.other_curve,
             "{typed} is what {other_name} makes of {in_name} = {z}. This neuron has {template}."),
    WrongLaw("a.negative", SIGN, ("activation",), lambda f: -f.right,
             "{typed} has the right size and the wrong sign: {in_name} = {z}."),
    WrongLaw("maxout.smallest", ROUTED, ("maxout",), lambda f: min(f.pieces),
             "{typed} is the smallest of the pieces {pieces}. The largest wins."),
    WrongLaw("maxout.summed", BRANCH, ("maxout",), lambda f: math.fsum(f.pieces),
             "{typed} adds the pieces {pieces}. One of them wins, the others do not count."),
    WrongLaw("maxout.averaged", BRANCH, ("maxout",), lambda f: math.fsum(f.pieces) / len(f.pieces),
             "{typed} is the mean of the pieces {pieces}. One of them wins, the others do not count."),
    WrongLaw("maxout.clamped", SWAPPED, ("maxout",), lambda f: max(0.0, *f.pieces),
             "{typed} lets 0 win, as ReLU does. Maxout compares its own pieces alone: {pieces}."),
    # ---- back to an activation or an input ----
    WrongLaw("back.weight_forgotten", FORGOTTEN, _BACK, lambda f: sum(f.deltas),
             "{typed} takes δ from the right as it is: {deltas:p}. On its way back it crosses the weight, {weights}, "
             "as the value did on its way forward."),
    WrongLaw("back.delta_forgotten", FORGOTTEN, _BACK, lambda f: sum(f.weights),
             "{typed} is the weight alone: {weights:p}. What travels along it is δ of the neuron to the right, "
             "{deltas}."),
    WrongLaw("back.last_only", BRANCH, _BACK, lambda f: f.terms[-1] if len(f.terms) > 1 else None,
             "{typed} is what one edge brings: the last has overwritten the others. {name} feeds {n} neurons, and "
             "what they send back is added."),
    WrongLaw("back.first_only", BRANCH, _BACK, lambda f: f.terms[0] if len(f.terms) > 1 else None,
             "{typed} is what the first edge brings. {name} feeds {n} neurons: the others send something back, too."),
    WrongLaw("back.averaged", BRANCH, _BACK, lambda f: sum(f.terms) / len(f.terms) if len(f.terms) > 1 else None,
             "{typed} is the mean of what the {n} edges bring. {name} acts on all of these neurons at once, so their "
             "answers are added."),
    WrongLaw("back.added", ADDED, _BACK, lambda f: sum(f.deltas) + sum(f.weights),
             "{typed} adds δ and weight. Along an edge they are multiplied; only different edges are added."),
    WrongLaw("back.activation_for_weight", SWAPPED, _BACK, lambda f: sum(f.deltas) * f.a,
             "{typed} is δ times {name} itself. That leads to the gradient of the weight; the way back to {name} "
             "leads through the weight, {weights}."),
    WrongLaw("back.updated_weight", TIMING, _BACK,
             lambda f: sum(d * w for d, w in zip(f.deltas, f.new_weights, strict=True)),
             "{typed} uses the weight after its update, {new_weights}. The backward pass is finished with the weights "
             "of the forward pass, {weights}; then all are updated together."),
    WrongLaw("back.transposed", SHAPES, _BACK,
             lambda f: sum(d * w for d, w in zip(f.deltas, f.transposed, strict=True)),
             "{typed} takes the weights {transposed}, a row of the matrix. It belongs to one neuron of the next "
             "layer; the edges that lead out of {name} are a column."),
    WrongLaw("back.sign", SIGN, _BACK, lambda f: -f.right,
             "{typed} has the right size and the wrong sign. Mind the signs of δ, {deltas}, and of the weight, "
             "{weights}."),
    WrongLaw("input.not_trained", FORGOTTEN, ("input",), lambda f: 0.0,
             "{typed} says that the loss does not depend on {name}. Nothing updates an input, but if it were a little "
             "larger the loss would change: that is its gradient."),
    # ---- the gradients of weights and biases ----
    WrongLaw("weight.input_forgotten", FORGOTTEN, ("weight",), lambda f: f.delta if f.x != 1.0 else None,
             "{typed} is δ alone. What came in along this weight, {in_name} = {x}, is missing: an input of 0 would "
             "leave the weight alone."),
    WrongLaw("weight.delta_forgotten", FORGOTTEN, ("weight",), lambda f: f.x,
             "{typed} is what came in, {in_name}, alone. δ = {delta}, how much the loss reacts, is missing."),
    WrongLaw("weight.weight_for_input", SWAPPED, ("weight",), lambda f: f.delta * f.w,
             "{typed} is δ times the weight {w} itself. That is what the weight sends back to {in_name}; its own "
             "gradient takes what came in, {x}."),
    WrongLaw("weight.local_forgotten", FORGOTTEN, ("weight",),
             lambda f: f.upstream * f.x if f.local != 1.0 else None,
             "{typed} goes straight from the upstream {upstream} to the weight. In between lies the curve of the "
             "neuron: δ = upstream × local comes first."),
    WrongLaw("weight.output_for_input", SWAPPED, ("weight",), lambda f: f.delta * f.a,
             "{typed} takes what the neuron puts out, {a}. The weight has multiplied what came in, {in_name} = {x}."),
    WrongLaw("weight.added", ADDED, ("weight",), lambda f: f.delta + f.x,
             "{typed} adds δ and {in_name}: {delta:p} + {x:p}. They are multiplied."),
    WrongLaw("weight.sign", SIGN, ("weight",), lambda f: -f.right,
             "{typed} has the right size and the wrong sign. The minus of a descent belongs to the update; the "
             "gradient has the sign of δ times that of {in_name}."),
    WrongLaw("bias.zero", FORGOTTEN, ("bias",), lambda f: 0.0,
             "{typed} says that the bias does not matter. Its value may be {b}; if it grew a little, z would grow just "
             "as much, so its gradient is that of z."),
    WrongLaw("bias.times_value", SWAPPED, ("bias",), lambda f: f.delta * f.b,
             "{typed} multiplies δ by the bias itself, {b}. A bias is added: its local gradient is 1, whatever its "
             "value."),
    WrongLaw("bias.local_forgotten", FORGOTTEN, ("bias",), lambda f: f.upstream if f.local != 1.0 else None,
             "{typed} is the upstream {upstream}, before the curve of the neuron. The bias stands inside the curve: "
             "take δ."),
    WrongLaw("bias.one", FORGOTTEN, ("bias",), lambda f: 1.0,
             "{typed} is the local gradient of a sum by its bias. Multiply it with what arrives there, δ."),
    WrongLaw("bias.pre_activation", SWAPPED, ("bias",), lambda f: f.delta * f.z,
             "{typed} is δ times z = {z}. A bias is added: its local gradient is 1."),
    WrongLaw("bias.sign", SIGN, ("bias",), lambda f: -f.right,
             "{typed} has the right size and the wrong sign. The minus of a descent belongs to the update."),
    WrongLaw("bias.inputs_summed", SWAPPED, ("bias",), lambda f: f.delta * math.fsum(f.inputs),
             "{typed} is δ times the sum of the inputs, {inputs}. The bias has an input of its own, which is always "
             "1."),
)  # fmt: skip
