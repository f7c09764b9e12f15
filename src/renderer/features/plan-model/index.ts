export { clientFacts, type ClientFacts } from './client-facts.ts';
export { checkName, checksOf, type Check } from './checks.ts';
export { contradictionsOf, type Contradiction, type Side } from './contradictions.ts';
export { elementName } from './element-name.ts';
export {
  elementStates,
  isService,
  plannedServices,
  privatePeople,
  rowWriter,
  saysSomething,
  type ElementState,
} from './element-state.ts';
export { overlapsOf, personOfAction, type Overlap } from './overlaps.ts';
export { askedOf, partGaps, type PartGap } from './part-gaps.ts';
export { gapsOf, isActiveAction, isActiveGoal, isActiveNeed, type PlanGap } from './gaps.ts';
export { nextDates, type NextDate } from './next-dates.ts';
export { notesOf, type NoteEntry } from './notes.ts';
export {
  allNodes,
  planTree,
  titleOf,
  wholePlanTree,
  type PlanKind,
  type PlanNode,
  type PlanTree,
} from './plan-tree.ts';
export { isMeasured, levelTexts, type GoalScale } from './goal-scale.ts';
export {
  planScore,
  ratedGoal,
  ratingsByGoal,
  standingOfGoal,
  type PlanScore,
  type Rating,
  type RatingView,
  type Standing,
} from './ratings.ts';
export { isForPaper, riskName, riskTypesNow, risksNow, type RiskNow } from './risks.ts';
export { strandsOf } from './strands.ts';
export { actionsOf, teamOf, type TeamMember } from './team.ts';
export { standingVisits, visitsOf, type Visit } from './visits.ts';
