/**
 * Libraries by their PEP 503 names, as far as it is certain that people import them: the most downloaded of PyPI that
 * are no applications, also where they bring a command (numpy's f2py). What is in neither this table nor the other
 * (applications.ts) may be either.
 */
const names = `aiohttp aiosqlite alembic amqp annotated-types anyio arrow asgiref async-timeout attrs authlib azure-core
  babel bcrypt beautifulsoup4 bleach bokeh boto3 botocore bs4 cachetools celery certifi cffi channels chardet
  charset-normalizer click colorama contourpy cryptography cycler cython dash dask dateparser decorator diskcache distlib
  django django-rest-framework djangorestframework dnspython docutils duckdb fastapi feedparser filelock flask
  flask-cors flask-login flask-sqlalchemy fonttools frozenlist fsspec future gensim geopandas gevent google-api-core
  google-auth google-cloud-storage graphviz greenlet grpcio gunicorn h11 h5py httpcore httplib2 httpx huggingface-hub
  hypothesis idna imageio importlib-metadata importlib-resources inflection iniconfig itsdangerous jax jaxlib jinja2
  jmespath joblib jsonschema keras kiwisolver langchain lightgbm loguru lxml mako markdown markupsafe marshmallow
  matplotlib mock more-itertools msgpack multidict mysqlclient mysql-connector-python networkx nltk numba numpy oauthlib
  openai opencv-python openpyxl orjson packaging pandas paramiko passlib patsy peewee pillow pip platformdirs plotly
  pluggy polars prettytable prometheus-client prompt-toolkit protobuf psutil psycopg psycopg2 psycopg2-binary pyarrow
  pyasn1 pycparser pycryptodome pydantic pydantic-core pygame pygments pyjwt pymongo pymysql pyopenssl pyparsing
  pyserial python-dateutil python-dotenv python-slugify pytz pyyaml pyzmq redis regex requests requests-oauthlib
  rich rsa ruamel-yaml s3transfer scikit-image scikit-learn scipy seaborn selenium sentence-transformers sentry-sdk
  setuptools shapely simplejson six sniffio soupsieve spacy sqlalchemy starlette statsmodels sympy tabulate tenacity
  tensorflow termcolor tokenizers toml tomli tomlkit torch torchvision tornado tqdm transformers typing-extensions
  tzdata tzlocal urllib3 uvloop websocket-client websockets werkzeug wheel wrapt xgboost xlrd xlsxwriter xmltodict yarl
  zipp`;

const libraries: ReadonlySet<string> = new Set(names.split(/\s+/));

/** Whether this is a library for certain, by its PEP 503 name. */
export function isLibrary(name: string): boolean {
  return libraries.has(name);
}
