/**
 * Libraries by their PEP 503 names, as far as it is certain that people import them: the most downloaded of PyPI that
 * are no applications. What is in neither this table nor the other (applications.ts) may be either. These bring no
 * command, or one that is of no use without them (numpy's f2py, wheel's own).
 */
const importedOnly = `aiohttp aiosqlite amqp annotated-types anyio arrow asgiref async-timeout attrs authlib
  azure-core bcrypt beautifulsoup4 bleach boto3 botocore bs4 cachetools certifi cffi channels click colorama
  contourpy cryptography cycler dash decorator diskcache distlib django-rest-framework djangorestframework
  dnspython duckdb feedparser filelock flask-cors flask-login flask-sqlalchemy frozenlist fsspec gensim
  geopandas gevent google-api-core google-auth google-cloud-storage graphviz greenlet grpcio h11 h5py httpcore
  httplib2 idna imageio importlib-metadata importlib-resources inflection iniconfig itsdangerous jax jaxlib
  jinja2 jmespath joblib keras kiwisolver lightgbm loguru lxml markupsafe marshmallow matplotlib mock
  more-itertools msgpack multidict mysqlclient mysql-connector-python networkx numpy oauthlib opencv-python
  openpyxl orjson packaging pandas paramiko passlib patsy pillow platformdirs plotly pluggy polars
  prometheus-client prompt-toolkit protobuf psutil psycopg psycopg2 psycopg2-binary pyarrow pyasn1 pycparser
  pycryptodome pydantic pydantic-core pygame pyjwt pymongo pymysql pyopenssl pyparsing python-dateutil pytz
  pyyaml pyzmq redis regex requests requests-oauthlib rich ruamel-yaml s3transfer scikit-image
  scikit-learn scipy seaborn selenium sentence-transformers sentry-sdk setuptools shapely simplejson six
  sniffio soupsieve sqlalchemy starlette statsmodels tenacity termcolor tokenizers toml tomli tomlkit
  torchvision tornado typing-extensions tzdata tzlocal urllib3 uvloop werkzeug wheel wrapt xgboost xlrd
  xlsxwriter xmltodict yarl zipp`;

/** Libraries that bring commands somebody may want by themselves: offered as an application, never recommended. */
const withCommands = `alembic babel bokeh celery chardet charset-normalizer cython dask dateparser django
  docutils fastapi flask fonttools future gunicorn httpx huggingface-hub hypothesis jsonschema langchain mako
  markdown nltk numba openai peewee pip prettytable pygments pyserial python-dotenv python-slugify rsa spacy
  sympy tabulate tensorflow torch tqdm transformers websocket-client websockets`;

/**
 * Programs whose place is beside a project's packages, whatever they say of themselves: they import them, or take their
 * own plugins from there, or are as often imported as run.
 */
const besideOthers = `bagit bpython cmeel coala coconut coverage crytic-compile darglint debugpy deptry dunamai dxpy
  eralchemy fred-py-api gmsh goolabs hy ipykernel ipython jupyter jupyter-core jupyterlab jupytext kaggle
  line-profiler lm-eval locust mayan-edms memory-profiler mkdocs molecule moto mypy nbconvert nbdime nose notebook notifiers
  nuitka osc-sdk pdoc pelican pip-audit pip-licenses pip-tools pipdeptree ppci ptpython pydoctor pyinstaller pylint pytest
  pytype regipy robotframework salt schemathesis scrapy snakemake speedtest-cli sphinx sqlite-utils streamlit
  textract uvicorn waybackpy weasyprint weblate west woob yamale zeo`;

const unusable: ReadonlySet<string> = new Set(importedOnly.split(/\s+/));
const beside: ReadonlySet<string> = new Set(besideOthers.split(/\s+/));
const libraries: ReadonlySet<string> = new Set([...unusable, ...withCommands.split(/\s+/)]);

/** Every library that is known, by its PEP 503 name. */
export function libraryNames(): Iterable<string> {
  return libraries;
}

/** Whether this is a library for certain, by its PEP 503 name. */
export function isLibrary(name: string): boolean {
  return libraries.has(name);
}

/** Whether it is a library, and an environment of its own for it would be of no use. */
export function isOnlyImported(name: string): boolean {
  return unusable.has(name);
}

/** Whether it is a program that has to see the packages of a project, or is seen by them, by its PEP 503 name. */
export function belongsBesideOthers(name: string): boolean {
  return beside.has(name);
}
