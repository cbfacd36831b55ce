/** Who runs pip without anybody at the keyboard, by the variables that tell. shims/unattended.sh is made from this. */

/** A coding agent: its terminal looks like one, but has nobody before it (std-env's list). */
export interface Agent {
  readonly variable: string;
  readonly name: string;
}

/** A row here is all that another agent takes; then `npm run docs`. */
export const agents: readonly Agent[] = [
  { variable: 'AI_AGENT', name: 'any agent that says so' },
  { variable: 'CLAUDECODE', name: 'Claude Code' },
  { variable: 'CLAUDE_CODE', name: 'Claude Code' },
  { variable: 'CURSOR_AGENT', name: 'Cursor' },
  { variable: 'CODEX_SANDBOX', name: 'Codex' },
  { variable: 'CODEX_THREAD_ID', name: 'Codex' },
  { variable: 'GEMINI_CLI', name: 'Gemini CLI' },
  { variable: 'COPILOT_CLI', name: 'Copilot CLI' },
  { variable: 'OPENCODE', name: 'OpenCode' },
  { variable: 'REPL_ID', name: 'Replit' },
];

/** A CI service that leaves CI unset, by what only its jobs have, all of it; the last one is named to the person. */
export interface CiService {
  readonly variables: readonly [string, ...string[]];
  readonly name: string;
}

/** ci-info 4.5, vendors.json; JENKINS_URL alone is set for Jenkins' client, too. A row here, then `npm run docs`. */
export const ciServices: readonly CiService[] = [
  { variables: ['BUILD_ID', 'JENKINS_URL'], name: 'Jenkins' },
  { variables: ['TEAMCITY_VERSION'], name: 'TeamCity' },
  { variables: ['TF_BUILD'], name: 'Azure Pipelines' },
  { variables: ['CODEBUILD_BUILD_ARN'], name: 'AWS CodeBuild' },
  { variables: ['bamboo_planKey'], name: 'Bamboo' },
  { variables: ['GO_PIPELINE_LABEL'], name: 'GoCD' },
];
