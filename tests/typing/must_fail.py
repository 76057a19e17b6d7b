"""What type checkers must refuse: each ignored line must be an error, or the ignore is one."""

import defector_stats
from defector_stats import Observation, Period, Source, arrivals, compare, estimates, series, verify

defector_stats.arivals  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
arrivals(2020.5)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
arrivals(2020, None)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
arrivals([])  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
arrivals(2020).value = 1  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
arrivals(2020).sexes  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
Period(2020)  # type: ignore[call-arg, arg-type]  # pyright: ignore[reportCallIssue]
Source(key="a")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
Observation(value=1, measure="a", area="KOR", period=Period.parse(1))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
series(2020)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
compare(a=2019, b=2020)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
compare(2019)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
verify("229", 2020)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
_ = estimates()[0] + 1  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]
sum(estimates())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]
_ = arrivals(2020).period + 1  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType]
arrivals(year=2020)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]

from defector_stats import arivals  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnusedImport]  # noqa: E402, F401
