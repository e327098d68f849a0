/** Names by which a Tekton Task hands things to the step; shared by what runs and by what is generated. */

/** Begins the elements of one array param in `args`. */
export const LIST_MARKER = '--ferry-list='

/** Variables of the environment: a prefix for params and results, a name for directories. */
export const TEKTON_VARIABLE = { param: 'FERRY_PARAM_', result: 'FERRY_RESULT_', secrets: 'FERRY_SECRETS_DIRECTORY', docker: 'FERRY_DOCKER_DIRECTORY' } as const
