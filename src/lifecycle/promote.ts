/**
 * Promotion: an image gets its next environment, with the digest unchanged and the evidence carried along.
 * Three moves: survey (reads), plan (pure), apply (writes). What does not belong here: keys, records and policies; they come in as gates.
 */
export { applyPromotion, type PromotionPlaces, type PromotionReport } from './promote/apply.ts'
export { type PromotionDetails, type PromotionPlan, planPromotion } from './promote/plan-promotion.ts'
export type { PromotionGate, PromotionRequest } from './promote/request.ts'
export { type PromotionSurvey, surveyPromotion } from './promote/survey.ts'
