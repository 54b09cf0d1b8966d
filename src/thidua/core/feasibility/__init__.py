"""Targets × limits × rules × headcount: what stands in the way of a plan, and what a unit of some size can reach.

The only core module above two halls (plans, law). Exact arithmetic, no sampling.
"""

from thidua.core.feasibility.targets import Finding, RuleRef, check_targets, target_ids

__all__ = ["Finding", "RuleRef", "check_targets", "target_ids"]
