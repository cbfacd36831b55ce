/** Packages that hold many projects, under a name that no rule leads to. */

/** A family of projects that begin alike: PREFIX, then the rest of each name. */
interface Family {
  readonly package: string;
  readonly prefix: string;
  readonly rest: string;
}

/** Read off the metadata (dist-info, egg-info) in Debian 12's packages python3-azure and ofxstatement-plugins. */
const families: readonly Family[] = [
  {
    package: 'python3-azure',
    prefix: 'azure-',
    rest: `
agrifood-farming appconfiguration appconfiguration-provider applicationinsights batch common confidentialledger
containerregistry core core-experimental data-tables developer-devcenter developer-loadtesting digitaltwins-core
eventgrid eventhub graphrbac identity keyvault loganalytics messaging-webpubsubservice mixedreality-authentication
mixedreality-remoterendering monitor-ingestion monitor-opentelemetry-exporter monitor-query purview-administration
purview-catalog purview-scanning schemaregistry schemaregistry-avroencoder search-documents security-attestation
servicebus servicefabric servicemanagement-legacy synapse synapse-accesscontrol synapse-artifacts
synapse-managedprivateendpoints synapse-monitoring synapse-spark template`,
  },
  {
    package: 'python3-azure',
    prefix: 'azure-ai-',
    rest: `
anomalydetector formrecognizer language-conversations language-questionanswering metricsadvisor ml personalizer
textanalytics translation-document`,
  },
  {
    package: 'python3-azure',
    prefix: 'azure-cognitiveservices-',
    rest: `
anomalydetector formrecognizer knowledge-qnamaker language-luis language-spellcheck language-textanalytics
personalizer search-autosuggest search-customimagesearch search-customsearch search-entitysearch search-imagesearch
search-newssearch search-videosearch search-visualsearch search-websearch vision-computervision
vision-contentmoderator vision-customvision vision-face`,
  },
  {
    package: 'python3-azure',
    prefix: 'azure-communication-',
    rest: `
chat email identity jobrouter networktraversal phonenumbers rooms sms`,
  },
  {
    package: 'python3-azure',
    prefix: 'azure-eventhub-',
    rest: `
checkpointstoreblob checkpointstoreblob-aio checkpointstoretable`,
  },
  {
    package: 'python3-azure',
    prefix: 'azure-iot-',
    rest: `
deviceupdate modelsrepository`,
  },
  {
    package: 'python3-azure',
    prefix: 'azure-keyvault-',
    rest: `
administration certificates keys secrets`,
  },
  {
    package: 'python3-azure',
    prefix: 'azure-maps-',
    rest: `
geolocation render route search`,
  },
  {
    package: 'python3-azure',
    prefix: 'azure-media-',
    rest: `
analytics-edge videoanalyzer-edge`,
  },
  {
    package: 'python3-azure',
    prefix: 'azure-mgmt-',
    rest: `
advisor agfood agrifood alertsmanagement apimanagement app appcomplianceautomation appconfiguration appcontainers
applicationinsights appplatform attestation authorization automanage automation avs azureadb2c azurearcdata azurestack
azurestackhci baremetalinfrastructure batch batchai billing billingbenefits botservice cdn changeanalysis chaos
cognitiveservices commerce communication compute confidentialledger confluent connectedvmware consumption
containerinstance containerregistry containerservice core cosmosdb costmanagement customproviders dashboard databox
databoxedge databricks datadog datafactory datalake-analytics datalake-store datamigration dataprotection datashare
deploymentmanager desktopvirtualization devcenter deviceupdate devspaces devtestlabs digitaltwins dns dnsresolver
documentdb dynatrace edgegateway edgeorder education elastic elasticsan eventgrid eventhub extendedlocation fluidrelay
frontdoor guestconfig hanaonazure hdinsight healthbot healthcareapis hybridcompute hybridkubernetes hybridnetwork
imagebuilder iotcentral iothub iothubprovisioningservices keyvault kubernetesconfiguration kusto labservices
loadtesting loganalytics logic logz machinelearningcompute machinelearningservices maintenance managedservices
managementgroups managementpartner maps marketplaceordering media mixedreality mobilenetwork monitor msi netapp
network networkfunction nginx notificationhubs oep operationsmanagement orbital peering policyinsights portal
powerbidedicated powerbiembedded privatedns purview quantum quota rdbms recoveryservices recoveryservicesbackup
recoveryservicessiterecovery redhatopenshift redis redisenterprise regionmove relay reservations resource
resourceconnector resourcegraph resourcehealth resourcemover scheduler scvmm search security securitydevops
securityinsight serialconsole servermanager servicebus servicefabric servicefabricmanagedclusters servicelinker
signalr sql sqlvirtualmachine storage storagecache storageimportexport storagepool storagesync streamanalytics
subscription support synapse testbase timeseriesinsights trafficmanager videoanalyzer vmwarecloudsimple web webpubsub
workloadmonitor workloads`,
  },
  {
    package: 'ofxstatement-plugins',
    prefix: 'ofxstatement-',
    rest: `
airbankcz al-bank austrian be-argenta be-ing be-kbc be-keytrade be-triodos betterment bubbas consors czech dab de-ing
de-triodos fineco germany-1822direkt germany-postbank intesasp is-arionbanki iso20022 lansforsakringar latvian lfs
lithuanian mbank-sk otp polish postfinance raiffeisencz russian seb simple unicreditcz`,
  },
];

/** The package that holds a project of one of these families. */
export function familyPackage(name: string): string | undefined {
  return families.find(
    ({ prefix, rest }) => name.startsWith(prefix) && rest.split(/\s+/).includes(name.slice(prefix.length)),
  )?.package;
}
