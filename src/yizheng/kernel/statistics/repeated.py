"""Repeated measures on the same people: linear mixed models, generalised estimating equations, and plain least squares.

Fitted by statsmodels: REML with an unstructured covariance of the random effects; estimating equations with an exchangeable
working correlation and robust errors, with a small-sample correction where it is asked for.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Estimate = tuple[str, float, float | None]
"""What is estimated, how much, and its standard error where it has one."""


class NotFitted(ValueError):
    """A model that the data cannot carry."""


@dataclass(frozen=True)
class Measured:
    """The outcome, the columns of the terms, and whose each row is."""

    outcome: Numbers
    terms: Numbers
    names: Sequence[str]
    person: Sequence[str]

    @property
    def design(self) -> Numbers:
        """An intercept before the terms."""
        return np.column_stack([np.ones(len(self.outcome)), self.terms])

    def fixed(self, estimates: Any, errors: Any) -> list[Estimate]:
        """The estimates of the intercept and of each term."""
        return [
            (name, float(estimate), float(error))
            for name, estimate, error in zip(("intercept", *self.names), estimates, errors, strict=True)
        ]


def mixed(measured: Measured, slope: Numbers | None) -> list[Estimate]:
    """A linear mixed model with a random intercept for each person, and a random slope of time where one is given."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    random = np.ones((len(measured.outcome), 1))
    if slope is not None:
        random = np.column_stack([random, slope])
    model = MixedLM(measured.outcome, measured.design, groups=np.array(measured.person), exog_re=random)
    fit = _fit(model, reml=True, method="lbfgs")
    cov = fit.cov_re
    variances: list[Estimate] = [("var_intercept", float(cov[0, 0]), None)]
    if slope is not None:
        variances += [("cov_intercept_slope", float(cov[0, 1]), None), ("var_slope", float(cov[1, 1]), None)]
    variances += [("var_residual", float(fit.scale), None), ("loglik_reml", float(fit.llf), None)]
    with np.errstate(invalid="ignore"):
        return measured.fixed(fit.fe_params, fit.bse_fe) + variances


def estimating(measured: Measured, *, binomial: bool, corrected: bool = False) -> list[Estimate]:
    """Generalised estimating equations: what is true of the population on average.

    ``corrected`` takes the errors of Mancl and DeRouen, for few persons.
    """
    from statsmodels.genmod import families
    from statsmodels.genmod.cov_struct import Exchangeable
    from statsmodels.genmod.generalized_estimating_equations import GEE

    family = families.Binomial() if binomial else families.Gaussian()
    model = GEE(
        measured.outcome, measured.design, groups=np.array(measured.person), family=family, cov_struct=Exchangeable()
    )
    fit = _fit(model, cov_type="bias_reduced" if corrected else "robust")
    return [*measured.fixed(fit.params, fit.bse), ("working_correlation", float(fit.cov_struct.dep_params), None)]


def least_squares(measured: Measured) -> list[Estimate]:
    """Plain least squares, as if every row were another person's."""
    from statsmodels.regression.linear_model import OLS

    fit = _fit(OLS(measured.outcome, measured.design))
    return measured.fixed(fit.params, fit.bse)


def _fit(model: Any, **how: Any) -> Any:
    rank, width = np.linalg.matrix_rank(model.exog), model.exog.shape[1]
    if rank < width or len(model.exog) <= width:
        raise NotFitted("数据不足以估计这些项，请减少项或增加数据。")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return model.fit(**how)
        except (np.linalg.LinAlgError, ValueError, ZeroDivisionError) as fault:
            raise NotFitted("模型没有收敛，请核对数据或改用更简单的模型。") from fault
