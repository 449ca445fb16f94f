"""The way through several gates: a constant factor or an exponent that is left out, forwards or backwards."""

from __future__ import annotations

from playground.lessons.misconceptions.families import FORGOTTEN
from playground.lessons.misconceptions.law import Question, WrongLaw

QUESTIONS: tuple[Question, ...] = ()  # those of the gates

LAWS = (
    WrongLaw("way.factor_forgotten", FORGOTTEN, ("wire",), lambda f: f.without_factor,
             "{typed} leaves out the factor {factor} on the way back. It multiplies the value on the way forward, so "
             "it multiplies the gradient on the way back."),
    WrongLaw("way.exponent_forgotten", FORGOTTEN, ("wire",), lambda f: f.without_exponent,
             "{typed} leaves out the exponent {exponent}, which comes down in front. The derivative of xⁿ is n·xⁿ⁻¹."),
    WrongLaw("value.factor_forgotten", FORGOTTEN, ("value",), lambda f: f.without_factor,
             "{typed} leaves out the factor {factor}. The gate computes {template}."),
    WrongLaw("value.inner_factor_forgotten", FORGOTTEN, ("value",), lambda f: f.without_inner_factor,
             "{typed} leaves out the factor {inner_factor} of {inner_name}: {inner_name} is {inner}, not "
             "{inner_plain}. With it, {template}."),
    WrongLaw("value.exponent_forgotten", FORGOTTEN, ("value",), lambda f: f.without_exponent,
             "{typed} leaves out the exponent {exponent}: {base} is not yet raised to it. Begin with the power, then "
             "go on with {template}."),
)  # fmt: skip
