"""Matrices and checks: shapes, products, Jacobians, difference quotients, and dead units."""

from __future__ import annotations

import math
from itertools import pairwise

from playground.lessons.misconceptions.families import ADDED, BRANCH, DIFFERENCE, FORGOTTEN, MEAN, ROUTED, SHAPES, SIGN
from playground.lessons.misconceptions.law import Question, WrongLaw

QUESTIONS = (
    Question("shape", "{shape}", "Y = X·W: an example is a row of X and of Y. The gradient has the shape of the "
             "variable."),
    Question("parameters", "{counted}", "A neuron has a weight for each neuron before it, and one bias."),
    Question("product", "{terms:p}", "{rule}: multiply entry by entry and add."),
    Question("jacobian_size", "{counted}",
             "Output i of an element-wise function depends on input i alone. Where in the matrix can a number other "
             "than 0 stand?"),
    Question("jacobian", "f′(z{i}) · w{i}{j} = {local:p} · {w:p}",
             "Row i is an output, column j an input: the way from xⱼ to aᵢ leads over the weight wᵢⱼ and the curve of "
             "neuron i."),
    Question("central", "({plus:p} − {minus:p}) / (2 · {epsilon:p})",
             "The central difference is the change from the left, L(w − ε) = {minus}, to the right, L(w + ε) = {plus}, "
             "by the distance between the two."),
    Question("passes", "2 · {parameters}", "Every parameter is moved to the right and to the left: count forward "
             "passes."),
    Question("relative", "|{backprop:p} − {numeric:p}| / max(|{backprop:p}|, |{numeric:p}|)",
             "The distance of the two gradients, by the larger of them in size."),
    Question("alive", "{right}", "ReLU passes the gradient of an example where z > 0. Count: {pre_activations}."),
)  # fmt: skip

LAWS = (
    # ---- shapes ----
    WrongLaw("shape.transposed", SHAPES, ("shape",), lambda f: f.transposed,
             "{typed} is the other side of the matrix: the shape is transposed. {shape_rule}"),
    WrongLaw("shape.foreign", SHAPES, ("shape",), lambda f: f.foreign,
             "{typed} is the size that {matrix} does not have: it is {foreign_is}. {shape_rule}"),
    WrongLaw("shape.entries", SHAPES, ("shape",), lambda f: f.right * f.transposed,
             "{typed} is how many numbers {matrix} holds. The question asks for one side of it."),
    WrongLaw("shape.added", ADDED, ("shape",), lambda f: f.right + f.transposed,
             "{typed} adds both sides. The question asks for one side of {matrix}."),
    WrongLaw("parameters.biases_forgotten", FORGOTTEN, ("parameters",),
             lambda f: sum(m * n for m, n in pairwise(f.widths)),
             "{typed} counts the weights. The biases are missing: one for every neuron."),
    WrongLaw("parameters.one_bias_a_layer", FORGOTTEN, ("parameters",),
             lambda f: sum(m * n + 1.0 for m, n in pairwise(f.widths)),
             "{typed} has one bias for a layer. Every neuron has its own."),
    WrongLaw("parameters.inputs_have_biases", FORGOTTEN, ("parameters",), lambda f: f.right + f.widths[0],
             "{typed} gives the inputs biases, too. Inputs are given; nothing is computed there."),
    WrongLaw("parameters.units", ADDED, ("parameters",), lambda f: math.fsum(f.widths),
             "{typed} counts the neurons. A weight belongs to a pair of them."),
    WrongLaw("parameters.pairs_only_first", BRANCH, ("parameters",),
             lambda f: (f.widths[0] + 1.0) * f.widths[1] if len(f.widths) > 2 else None,
             "{typed} counts the first layer alone. The next has weights and biases as well."),
    # ---- products ----
    WrongLaw("product.last_only", BRANCH, ("product",), lambda f: f.terms[-1],
             "{typed} is the last product: it has overwritten the others. An entry of a matrix product is a sum."),
    WrongLaw("product.first_only", BRANCH, ("product",), lambda f: f.terms[0],
             "{typed} is the first product alone. An entry of a matrix product is a sum."),
    WrongLaw("product.averaged", MEAN, ("product",), lambda f: math.fsum(f.terms) / len(f.terms),
             "{typed} is the mean of the products. A matrix product adds; the 1/N of a batch is already in dY."),
    WrongLaw("product.transposed", SHAPES, ("product",), lambda f: f.untransposed,
             "{typed} forgets the transpose: {rule}. Take {line}."),
    WrongLaw("product.sums_multiplied", ADDED, ("product",), lambda f: f.sums,
             "{typed} adds first and multiplies then. In a matrix product pairs are multiplied, then all are added."),
    WrongLaw("product.elementwise", SHAPES, ("product",), lambda f: f.elementwise,
             "{typed} multiplies the entries that stand at the same place. A matrix product goes along a row and "
             "down a column."),
    # ---- Jacobians ----
    WrongLaw("jacobian_size.all", SHAPES, ("jacobian_size.nonzero",), lambda f: f.units**2,
             "{typed} is how many entries the matrix has. An element-wise function leaves all of them 0 but the "
             "diagonal."),
    WrongLaw("jacobian_size.others", SHAPES, ("jacobian_size.nonzero",), lambda f: f.units**2 - f.units,
             "{typed} counts the entries beside the diagonal, which are the ones that are always 0."),
    WrongLaw("jacobian_size.one", FORGOTTEN, ("jacobian_size.nonzero",), lambda f: 1.0,
             "{typed} would be one derivative for the whole layer. Each of the {units} units has its own."),
    WrongLaw("jacobian_size.doubled", SHAPES, ("jacobian_size.nonzero",), lambda f: 2.0 * f.units,
             "{typed} counts inputs and outputs. Count the pairs of which one acts on the other."),
    WrongLaw("jacobian_size.diagonal", SHAPES, ("jacobian_size.zero",), lambda f: f.units,
             "{typed} is the length of the diagonal, where the numbers stand. The question asks for the zeros."),
    WrongLaw("jacobian_size.whole", SHAPES, ("jacobian_size.zero",), lambda f: f.units**2,
             "{typed} counts all entries. Those on the diagonal are not always 0."),
    WrongLaw("jacobian_size.row", SHAPES, ("jacobian_size.zero",), lambda f: f.units - 1.0,
             "{typed} are the zeros of one row. The matrix has {units} rows."),
    WrongLaw("jacobian_size.half", SHAPES, ("jacobian_size.zero",), lambda f: f.units * (f.units - 1.0) / 2.0,
             "{typed} are the zeros on one side of the diagonal. The other side has as many."),
    WrongLaw("jacobian.curve_forgotten", FORGOTTEN, ("jacobian",), lambda f: f.w,
             "{typed} is the weight alone, ∂zᵢ/∂xⱼ. The curve comes after it: its slope {local} is missing."),
    WrongLaw("jacobian.weight_forgotten", FORGOTTEN, ("jacobian",), lambda f: f.local,
             "{typed} is the slope of the curve alone. The weight on the way from xⱼ is missing."),
    WrongLaw("jacobian.transposed", SHAPES, ("jacobian",), lambda f: f.local * f.w_transposed,
             "{typed} takes w{j}{i}: the matrix is transposed. Rows are outputs, columns inputs."),
    WrongLaw("jacobian.other_slope", SHAPES, ("jacobian",), lambda f: f.other_local * f.w,
             "{typed} takes the slope of neuron {column}. The row is neuron {row}: it is that one's curve."),
    WrongLaw("jacobian.added", ADDED, ("jacobian",), lambda f: f.local + f.w,
             "{typed} adds slope and weight. They lie on one path, one after the other: multiply."),
    WrongLaw("jacobian.off_diagonal", SHAPES, ("jacobian",), lambda f: 0.0 if f.i != f.j else None,
             "{typed} would be right for the curves alone, which act unit by unit. A layer also has weights, which "
             "mix its inputs."),
    WrongLaw("jacobian.sign", SIGN, ("jacobian",), lambda f: -f.right,
             "{typed} has the right size and the wrong sign. Mind the sign of w{i}{j} = {w}."),
    # ---- difference quotients ----
    WrongLaw("central.right_only", DIFFERENCE, ("central",), lambda f: (f.plus - f.here) / f.epsilon,
             "{typed} is the one-sided difference to the right, from L(w) = {here}. The central one goes from left to "
             "right, and its error is far smaller."),
    WrongLaw("central.left_only", DIFFERENCE, ("central",), lambda f: (f.here - f.minus) / f.epsilon,
             "{typed} is the one-sided difference to the left, up to L(w) = {here}. The central one goes from left to "
             "right."),
    WrongLaw("central.one_epsilon", FORGOTTEN, ("central",), lambda f: (f.plus - f.minus) / f.epsilon,
             "{typed} divides by ε. Between w − ε and w + ε lie two of them."),
    WrongLaw("central.not_divided", FORGOTTEN, ("central",), lambda f: f.plus - f.minus,
             "{typed} is the difference of the losses. A slope is that difference by the distance, 2ε."),
    WrongLaw("central.halved", FORGOTTEN, ("central",), lambda f: (f.plus - f.minus) / 2.0,
             "{typed} divides by 2 only. The distance is 2ε, with ε = {epsilon}."),
    WrongLaw("central.added", SIGN, ("central",), lambda f: (f.plus + f.minus) / (2.0 * f.epsilon),
             "{typed} adds the two losses. A slope is made of their difference."),
    WrongLaw("central.turned", SIGN, ("central",), lambda f: -f.right,
             "{typed} goes from right to left. Right minus left: L(w + ε) − L(w − ε)."),
    WrongLaw("passes.one_sided", DIFFERENCE, ("passes",), lambda f: f.parameters,
             "{typed} is one pass for each parameter. Central differences look to both sides of it."),
    WrongLaw("passes.one_sided_and_middle", DIFFERENCE, ("passes",), lambda f: f.parameters + 1.0,
             "{typed} would do for one-sided differences, which share L(w). Central ones look to both sides."),
    WrongLaw("passes.backprop", DIFFERENCE, ("passes",), lambda f: 2.0,
             "{typed} is what backprop costs: one pass forward, one back, for all parameters. Differences move one "
             "parameter at a time."),
    WrongLaw("passes.squared", DIFFERENCE, ("passes",), lambda f: f.parameters**2,
             "{typed} would move pairs of parameters. Each is moved alone."),
    WrongLaw("passes.middle_counted", DIFFERENCE, ("passes",), lambda f: 2.0 * f.parameters + 1.0,
             "{typed} counts L(w) as well. The central difference does not use it."),
    WrongLaw("relative.absolute", FORGOTTEN, ("relative",), lambda f: abs(f.backprop - f.numeric),
             "{typed} is the absolute difference. Whether that is much depends on the size of the gradients: divide."),
    WrongLaw("relative.by_sum", MEAN, ("relative",),
             lambda f: abs(f.backprop - f.numeric) / (abs(f.backprop) + abs(f.numeric)),
             "{typed} divides by the sum of both sizes. Here the larger of the two is taken."),
    WrongLaw("relative.by_smaller", DIFFERENCE, ("relative",),
             lambda f: abs(f.backprop - f.numeric) / min(abs(f.backprop), abs(f.numeric)),
             "{typed} divides by the smaller of the two. The larger one is taken, so that a 0 does no harm."),
    WrongLaw("relative.sign", SIGN, ("relative",), lambda f: -f.right,
             "{typed} kept the sign of the difference. An error is a size."),
    WrongLaw("relative.per_cent", DIFFERENCE, ("relative",), lambda f: 100.0 * f.right,
             "{typed} is the error in per cent. Write it as a share, or with the sign %."),
    # ---- dead units ----
    WrongLaw("alive.blocked", ROUTED, ("alive",), lambda f: f.n - f.right,
             "{typed} counts the examples at which the unit is off. The question asks for those that pass a gradient."),
    WrongLaw("alive.dead_for_one", ROUTED, ("alive",), lambda f: 0.0,
             "{typed} would be a dead unit. It is off for some examples; dead means off for all of them."),
    WrongLaw("alive.all", ROUTED, ("alive",), lambda f: f.n,
             "{typed} counts every example. Where z is not above 0 the curve is flat, and nothing passes."),
    WrongLaw("alive.sum", ADDED, ("alive",), lambda f: math.fsum(z for z in f.pre_activations if z > 0.0),
             "{typed} adds the numbers that are above 0. Count them: the slope is 1, however large z is."),
)  # fmt: skip
