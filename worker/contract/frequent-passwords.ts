/**
 * The passwords that are tried first: 3,500 of the most frequent ones of eight characters or more
 * in the list of @zxcvbn-ts/language-common 4.1.3, in lower case, without those that password-rules.ts
 * derives from another one, and without rare numbers. That list has the MIT licence: Copyright (c) 2012-2016 Dan Wheeler and
 * Dropbox, Inc., Copyright (c) 2021 @zxcvbn-ts. Nothing is added here by hand.
 */
export const FREQUENT_PASSWORDS = `
0.0.0.000 0000000000o 01011910 01011970 01011975 01011980 01011981 01011984 01011985 01011986 01011987 01011988 01011989 01011990 01011991 01011992
01011993 01012000 01012001 01012010 01012011 01091989 02071982 02071986 03082006 063dyjuy 085tzzqi 0o9i8u7y 10203040 1029384756 11111111 11112222
1111qqqq 111222333 11223344 1122334455 11235813 1123581321 12131415 12301230 12312312 1232323q 123321123 123321qwe 12344321 123454321 1234554321
123456654321 12345678 123456789 1234567890 1234567890a 1234567890q 1234567890z 12345678910 123456789a 123456789d 123456789k 123456789l 123456789m
123456789o 123456789p 123456789q 123456789qwe 123456789r 123456789s 123456789v 123456789z 12345678a 12345678q 12345679 1234567a 1234567aa 1234567q
123456aa 123456ab 123456abc 123456as 123456asd 123456qq 123456qqq 123456qw 123456qwe 123456ru 12345abc 12345asd 12345qaz 12345qwe 12345qwert 1234kekc
1234qwer 1234rewq 123654789 12369874 123698745 123789456 123hfjdk147 123masha 123mudar 123qq123 123qwe123 123qwe456 123qweas 123qweasd 12locked
12qw12qw 12qw34er 12qwaszx 12s3t4p55 13243546 135792468 14725836 147258369 147852369 14789632 147896325 151nxjmt 15426378 17171717aa 18436572
192837465 19411945 1a2a3a4a 1a2a3a4a5a 1a2b3c4d 1a2b3c4d5e 1a2s3d4f 1a2s3d4f5g 1footbal 1hxboqg2 1million 1passwor 1q2q3q4q 1q2w3e4r 1q2w3e4r5t
1q2w3e4r5t6y 1qa2ws3ed 1qaz!qaz 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw2 1qazxsw23edc 1qazzaq1 1qw23er4 1x2zkg8w 1z2x3c4v 1z2x3c4v5b 21122112
23skidoo 25802580 2wsx3edc 2wsxzaq1 31415926 321654987 33rjhjds 3edc4rfv 3rjs1la7qe 44magnum 45m2do5bs 4815162342 4rfv3edc 50spanks 51505150 55bgates
5hsu75kpot 5tgb6yhn 5wr2i7h8 69camaro 73501505 741852963 7777777a 78945612 789456123 7hrdnw23 7ugd5hip2j 8j4ye3uz 8phrowz622 911turbo 9293709b13
963852741 987654321a a1234567 a12345678 a123456789 a123456a a1a2a3a4 a1a2a3a4a5 a1b2c3d4 a1b2c3d4e5 a1s2d3f4 a1s2d3f4g5 aa123456 aaaa1111 aaaaaaa1
aardvark abc12345 abc123456 abcd1234 abcdefg1 abdullah aberdeen abigail1 abnormal abracadabra abrakadabra absolute absolutely abstract acapulco
access14 account1 achilles acidburn acoustic addicted adelaida adelaide adgjmptw admin123 administrator adrenalin adrianna adrienne advanced adventur
adventure aerosmit aerosmith afrodita agent007 agnieszka airborne aircraft airforce airplane akatsuki alabama1 albatros alcatraz alejandr alejandra
alejandro aleksander aleksandr aleksandra alessand alessandro alex1234 alexalex alexande alexander alexandr alexandra alexandre alexandria alexandru
alfarome algernon aligator alkaline allblack alleycat alliance alligator allison1 allnight allright allstars allstate almighty alpha123 alphabet
alphaman alterego amarillo amateurs ambition ambrosia america1 american amethyst amoremio amsterda amsterdam anaconda anakonda anastasi anastasia
anastasiya anatoliy andersen anderson andrew12 andromed andromeda andyandy andyod22 angel123 angelica angelika angelina angeline angelito angelofwar
anhyeuem animated anna2614 annaanna annabell annabelle annmarie anonymous anteater antelope anthony1 antigone antonina antonio1 antoshka anything
aolsucks apollo13 apple123 applepie appleton aquafina aqualung aquarium aquarius arabella arcangel archange archangel architec argentin argentina
argonaut arizona1 arkansas armageddon armagedon armitage armstron armstrong arsenal1 arsenalfc as123456 asd12345 asd123asd asdasd123 asdf1234 asdfasdf
asdffdsa asdfg123 asdfgh01 asdfghjk asdfghjkl asdfjkl; asdfqwer asdfzxcv asdqwe123 ashleigh asmodeus aspirine assassin assassins assclown asshole1
assholes asslover assmunch astalavista asterios astonvil athletic atlanta1 atlantic atlantis atreides attitude attorney auckland augustin augustus
austin31 australi australia avalanch avalanche avangard avengers aviation awesome1 azertyui azertyuiop azsxdcfv babemagn babemagnet baberuth babushka
babybaby babybear babyblue babycake babydoll babyface babygirl babylon5 babylove bachelor backbone backdoor backspac badabing badkarma badnaamhere
bajingan baldrick balloons ballsack baltimor bangbang baphomet baracuda barakuda barbados barbara1 barcelon barcelona bareback barefeet barefoot
baritone barracud barracuda barselona bartlett basebal1 baseball basement basketba basketbal basketball bassbass bastard1 bastards batman12 bayliner
baywatch bcfields beachbum bearbear bearcats beatles1 beatrice beaumont beautifu beautiful beckham7 beefcake beepbeep beerbeer beethove beethoven
behemoth bellagio bendover benedict benessere benjamin bergkamp berkeley bernardo bernhard bertrand besiktas bettyboo bettyboop beverley bigballs
bigblack bigblock bigboobs bigbooty bigbucks bigbutts bigdaddy bigdick1 bigdicks bigmoney bignasty bigpenis bigpoppa bigpussy bigtruck billabon
billabong billbill billiard billybob billyboy binladen biohazard bionicle birthday biscuits bisexual bismarck bismilla bismillah bitchass black123
blackass blackbel blackbelt blackberry blackbir blackbird blackboy blackcat blackcoc blackcock blackdog blackhaw blackhawk blackice blackie1 blackjac
blackjack blacklab blackman blackops blackout bladerunner blahblah blaster1 blessed1 blessing blink182 blizzard blondie1 blondinka bloopers blowfish
blue1234 blueball bluebear bluebell blueberr blueberry bluebird blueblue bluedevi blueeyes bluefish bluejays bluemoon bluenose bluesman bluestar
bobafett bobdylan bobmarle bobmarley bollocks bondarenko bonehead bonethug bonghits boogaloo bookcase bookworm boomboom borabora bordeaux boris123
borussia bradford bradley1 bradshaw brandon1 brasilia bravehea braveheart brewster brianna1 brighton brigitte brisbane brittany brittney broadway
broncos1 broodwar brooklyn brother1 brothers browndog browneye brownies browning brucelee brunette bruno123 bubba123 bubblegum bubbles1 buchanan
buckaroo buckeye1 buckeyes buckshot buckwhea budapest buddy123 buddyboy buddydog budlight budweise budweiser buffalo1 buffalos bugsbunn building
bukowski bulldawg bulldog1 bulldogs bulletin bullfrog bullseye bullshit bullwink bunghole buratino business businessbabe buster12 buttbutt buttercu
buttercup butterfl butterfly buttfuck butthead butthole buttplug bynthytn c3por2d2 cabernet cableguy cadillac caffeine calamity calculus calcutta
caldwell calendar caliente californ california caligula calimero callahan callaway callisto callofduty camaross cambiami cambridg cambridge camelot1
cameltoe cameron1 campbell canadian candyass candyman cannabis cannibal cannonda cantona7 capetown capital1 capitals capoeira capricor capricorn
capslock captain1 cardinal cardinals care1839 carebear carefree carlisle carlitos carlotta carnival carolina caroline carpedie carpediem carpente
carthage cartman1 cartoons casablanca casanova caseydog cashflow cashmone cashmoney cassandr cassandra castillo catalina catalyst catdaddy caterina
catfight catherin catherine catholic catwoman cavalier cbr600rr cbr900rr cdtnkfyf celebrity celticfc cerberus cezer121 cfitymrf chadwick chainsaw
chairman challeng chambers champagn champion champions chandler changeme chargers charisma charlene charles1 charlie1 charlies charlott charlotte
charlton charming chastity chauncey checkers checkmat cheerleaers chelsea1 chemical chemistr chemistry cherokee cherries cheshire chester1 chestnut
chevelle chevrole chevrolet chevys10 chewbacc cheyanne cheyenne chicago1 chicken1 chickens chickenwing101 children chillout chinchin chipmunk chipper1
chiquita chocolat chocolate choochoo chopper1 choppers chouchou chowchow chris123 chrisbln chrissy1 christel christia christian christie christin
christina christine christma christmas christop christophe christopher christy1 chrysler chuckles churchil ciaociao cinderella cinnamon citation
citibank civilwar cjkysirj clarence clarinet clarissa classics claudia1 claudine claymore claypool cleaning clemente cleopatr cleopatra clevelan
cleveland clifford climbing clippers clitlick clitoris close-up clueless cnfybckfd cobra427 cocacola cocksuck cocksucker cocktail codeblue coldbeer
coldplay collecti colombia colonial colorado colossus coltrane columbia columbus comanche comicbookdb commande commander commando commerce complete
computer computers concorde concrete confused connection conquest constant consuelo consumer contains contests continue contortionist contract
control1 converse coolbean coolcool cooldude coolgirl coolhand coolness copenhag copenhagen cordelia corleone cornelia cornhole cornwall corporal
corvet07 corvette costanza costaric costello cosworth counterstrike courtney covenant coventry cowboys1 cowboyup crackers crawford crazybab crazyman
creampie creatine creation creative creature creepers crescent cricket1 criminal crimson1 cristian cristiano cristina crjhgbjy crockett crocodil
cromwell crusader crystal1 cucumber culinary cumeater customer cutiepie cvbhyjdf cxfcnkbdfz cybersex cyclones cygnusx1 cynthia1 daedalus daffodil
dagobert daisydog daisymae dallas22 dangerou dangerous daniel12 daniella danielle dannyboy daredevi daredevil darkange darkangel darklord darkness
darkside darkstar darthvad darthvader database daughter davecole davedave david123 davidoff davidson daydream daylight dbrnjhbz deadhead deadpool
deadspin death666 deathnote deathrow deborah1 december deepblue deepthro deepthroat deerhunt deeznuts deeznutz defender deftones delaware delivery
delldell delphine delpiero demon666 derparol derrick1 designer desperado destiny1 destroye destroyer detectiv detroit1 deutschland devil666 devildog
devilman devilmaycry dfcbkbcf dfktynby dfktynbyf dhjnvytyjub diamante diamond1 diamonds dickdick dickhead dickweed dietcoke digital1 dilbert1 dilligaf
dillweed dima1995 dimadima dimension dingdong dinosaur diplomat dipstick director dirtbike dirtydog disabled disaster discover discovery discreet
distance disturbed divorced dkflbckfd dkflbvbh dkflbvbhjdbx dkflbvbhjdyf doberman dodgeram dodgers1 doggydog doggystyle doghouse dogpound dolemite
dolphin1 dolphins domainlock2005 domenico domestic dominate dominator dominica dominick dominika dominion dominiqu dominique dontknow doomsday
doorknob dortmund doughboy doughnut douglas1 downhill download downtown dragon12 dragonba dragonball dragonballz dragonfl dragonfly dragrace dragster
dreamcas dreamcast dreamer1 dreaming drifting drjynfrnt dropdead dropkick drowssap drpepper drummer1 dthjybrf dtkjcbgtl dtxyjcnm ducati99 duckduck
duckhunt ducksoup dudedude dukeduke dumpster duracell dustydog dutchess dutchman dynamite earnhard earthlin earthlink eastside eastwood eatmenow
eatpussy eclipse1 edinburg edmonton eggplant eightbal eighteen einstein ejaculation ekaterina elbereth elcamino eldiablo eldorado electric electron
element1 elements eleonora elephant elevator eleven11 elisabet elisabeth elizabet elizabeth elizaveta elvis123 embalmer emmanuel emmitt22 enforcer
engineer england1 enter123 enternow enterpri enterprise entrance envelope envision erection ericeric ericsson escalade escorpio espresso essendon
estrella eternity ethernet euphoria evanescence evangeli evangelion evergree evergreen everlast everques everquest everton1 everyday evildead evolutio
evolution excalibu excalibur excellen exchange experience experienced explorer express1 f15eagle fabienne fabrizio fabulous facebook facefuck failsafe
fairlane faithful fakepass falstaff fandango fantasia fantasies fantasti fantasy1 fantomas farscape fastball fastcars favorite favorite6 fearless
feathers february federica federico feelgood feetfeet felicity fellatio ferguson fernanda fernande fernando ferrari1 festival fgtkmcby fhvfutljy
fidelity fightclub fighting finalfantasy finnegan fireball firebird fireblad fireblade firefigh firefire firehawk fireman1 firestar firestorm firewall
firework fishbone fishcake fisherma fisherman fishface fishfish fishhead fishing1 fishtank fivestar fkbyjxrf fktrcfylh fktrcfylhf fktyeirf flamengo
flamingo flanders flashman flathead fletcher flexible flintsto flipflop flipmode flipper1 florence florida1 flounder flowers1 flvbybcnhfnjh flyers88
football footlove fordf150 fordtruc foreplay foreskin forester forever1 forgetit forgiven forgotten forklift formula1 forsaken forsberg fortress
fountain fourteen foxhound foxylady francesc francesca francesco francine francis1 francisc francisco francois frank123 frankie1 franklin freckles
fred1234 frederic frederick frederik fredfred fredrick freebird freedom1 freefall freefree freeland freepass freeporn freestyle freeuser freewill
freiheit frenchie friday13 friendly friends1 friendster frogfrog front242 frontier fruitbat fuck_inside fuckedup fuckface fuckfuck fuckhead fuckinside
fuckme69 fuckmehard fuckoff1 fuckshit fuckthat fuckthis fuckyeah fuckyou2 fujifilm fullback fullmoon function funstuff funtimes fussball futurama
futyn007 fuzzball fyfcnfcbz fyfnjkbq fynjybyf fyutkbyf fyutkjxtr gabriel1 gabriela gabriele gabriell gabrielle galadriel galeries gallaries gamecock
gamecube gameover gandalf1 gangbang gangbanged gangster ganjaman gannibal garfield gargoyle garrison gateway1 gatorade gbgbcmrf gbhfvblf geibcnbr
general1 generals genesis1 genocide geoffrey georgia1 georgina geraldin germany1 geronimo gertrude gesperrt getmoney getsdown gfgfvfvf gfhfljrc
gfhjkm123 gfhjkmgfhjkm gfhjkzytn ghbdtn123 ghbdtnbr ghbdtndctv ghbdtnrfrltkf ghblehjr ghbywtccf ghhh47hj7649 ghjcnbnenrf ghjcnjgfhjkm ghjcnjnfr
ghjdthrf ghjnjnbg ghjnjrjk ghjuhfvvf ghjvtntq ghostrider ghtktcnm gianluca gigabyte gillette gilligan ginscoot giovanna giovanni girfriend giuseppe
giveitup gizmodo1 gladiato gladiator glassman glendale glennwei glenwood gn56gn56 gobigred godbless godfathe godfather godsmack godspeed godzilla
gogators goldberg goldeney goldeneye goldfing goldfinger goldfish goldrush goldstar goldwing golfball golfclub golfgolf golfing1 gonzales gonzalez
good123654 goodfell goodgirl goodison goodlife goodluck goodness goodstuf goodtime goodwill goodyear goofball gooseman gordon24 gorgeous gorillaz
gotigers gotohell gotyoass graduate grandpri grapeape graphics grateful graywolf greatest greatone greatsex greedisgood green123 greenbay greenday
greenman greentea gregory1 gretchen greyhoun greywolf griffith groupd2013 gsxr1000 gtnhjdbx guardian guesswho guillaum guillerm guinness gulliver
gunsling gy3yt2rgls gymnastic hairball halflife hallmark hallo123 hallowee halloween hamburger hamilton handball handsome handyman hannibal hannover
happines happiness happy123 happyday happydog happyman hardball hardcock hardcore harddick hardrock hardware hardwood hardwork harrison harrypotter
hartford hastings hatteras hattrick hawaii50 hawaiian hawkeye1 hawkeyes hawkwind hawthorn hayabusa hd764nw5d7e1vb1 headache headless headshot heather1
heavenly hedgehog heineken heinlein heinrich hellfire hello123 hellohel hellohello hellokitty hellsing hellyeah helphelp helpless helsinki henderson
hennessy hercules herewego heritage hermione hernande hernandez hershey1 hetfield highbury highheel highland highlander highlife hilfiger hillbill
hillside hitman47 hogwarts holahola holiday1 holidays hollywoo hollywood holyshit homebrew homeless homemade homepage homer123 hometown homework
hondacbr honduras honeybee honeybun honeydew hongkong honolulu hooligan hoosiers hooters1 hopeless hornyguy hornyman horseman horsemen hospital
hotbabes hotchick hotgirls hotpussy hotsauce hotstuff hounddog housewife housewifes houston1 htubcnhfwbz hugetits hugoboss hulkster humphrey hunter12
hurrican hurricane huskers1 hydrogen hyperion ibilltes icecream icehouse idontkno idontknow ignatius ihateyou ijrjkflrf ilikepie ilikesex illinois
illmatic illumina illusion ilovegod iloveporn ilovepussy ilovesex iloveyou ilya1234 immortal impalass imperial implants imtheman india123 indiana1
indonesia infamous infantry infected infinite infiniti infinity information innocent insanity insecure insertion insertions insomnia inspiron instinct
integral interacial intercourse interest internal internet intrepid intruder inuyasha investor invictus ireland1 irishman ironhors ironmaiden ironman1
isabella isabelle islander istanbul istheman italiano iverson3 j3qq4h7h2v jackass1 jackjack jackson1 jakejake jakester jamaica1 james007 jamesbon
jamesbond january1 japanees japanese jasmine1 jason123 jayhawks jbond007 jeanette jediknig jediknight jeepjeep jeepster jefferso jefferson jeffjeff
jeffrey1 jellybea jellybean jennifer jennings jeremiah jermaine jerusalem jessica1 jesus123 jiggaman jimmy123 johannes johncena johndeer johndeere
johngalt johnjohn johnson1 johnston jonathan jonathon jordan23 joseluis josephin josephine joshua12 joystick juancarlo julieann juliette junkmail
junkyard jupiter1 jurassic just4fun justdoit justice1 justinbieber juvenile juventus kakashka kamasutra kamikadze kamikaze kangaroo karolina katarina
katerina katharin katherin katherine kathleen kawasaki kayleigh kazanova kazantip kcchiefs kcj9wx5n kenneth1 kennwort kentucky kenworth kevin123
keyboard keystone kfcnjxrf kickflip kicksass kikimora kilkenny killbill killer12 killkill killzone kimberly kingfish kingking kingkong kingsize
kingston kirkland kirkwood kisskiss kissmyas kissmyass kitty123 kittycat kittykat kjrjvjnbd kleopatra klondike klopklop knickerless knickers knockers
knuckles kochamcie komputer konstantin kordell1 koroleva kovalenko krasnodar krasotka kristen1 kristian kristin1 kristina kristine krokodil l58jkdjp!
labrador lacrimosa lacrosse ladybird ladygaga laetitia lagwagon lakers24 lakeside lakewood lalakers lalaland lambchop lamborghini lancaste lancaster
lancelot landmark landrove language lapochka laracroft laserjet lasttime lasvegas laughing laurence lavalamp lavender lawrence learning leavemealone
lebowski lebron23 leedsutd left4dead legoland lemmings lemonade leningrad lenochka leonardo leonidas lesbians letmein1 letmeinn letmesee letsdoit
letsfuck letsplay lexingky lfitymrf libertad liberty1 licorice lifehack lifeisgood lifetime lighthou lighthouse lighting lightnin lightning lilwayne
limewire limpbizkit lincoln1 lindsay1 lindsey1 lineage2 lingerie lionhear lionheart lionking lionlion lipstick lisalisa littlema livelife liverpoo
liverpool livewire ljxtymrf location lockdown lockerroom lockheed locoloco logitech loglatin lokiloki lokomotiv lol12345 lollipop lollypop lonesome
lonestar lonewolf longdick longdong longhair longhorn longhorns longjohn longlegs longshot longtime lorraine losangel losangeles lotus123 love1234
lovefeet lovehate loveless lovelife lovelove loveme89 loverboy loverman loveyou2 lowrider lucas123 lucky123 luckydog luckyman luckyone ludacris
lunchbox luscious luv2epus macaroni macdaddy macgyver machines machoman macintos macintosh mackenzi madagaskar madala11 maddison madeline madison1
madonna1 magazine magdalena magellan magic123 magician magicman magnavox magnolia mahalkita mailcreated5240 mainland majestic makaveli makeitso
maksimka malaysia mallorca mallrats mamacita mamapapa mammamia mamochka manager1 manchest manchester mandarin mandingo mandolin mandrake manhatta
manhattan manifest mannheim manunited mapet123456 maradona marajade marathon marauder marcella marcello marcius2 margaret margarit margarita marianna
marianne marigold marijuan marijuana mariners marines1 marino13 mariposa marishka marjorie marketin marketing markmark marlboro marriage marriott
marseill marseille marshall martinez maryanne marybeth maryjane maryland marymary masamune maserati mash4077 master12 masterbaiting masterbate
masterbating masterkey mastermi mastermind masturbation matchbox mathilde matthew1 matthews matthias mattingl mattmatt mauricio maurizio
maurolarastefy maverick mavericks maximilian maximus1 maxpayne maxpower maxwell1 mayfield mazafaka mazda626 mazdarx7 mccarthy mcdonald mckenzie
meandyou meatball meathead meatloaf mechanic medicine megadeth megapass megatron melanie1 melissa1 meltdown memories meowmeow mephisto mercedes
merchant mercury1 meredith meridian mersedes messenger metalgear metalica metallic metallica metropol michael1 michaela michaels michele1 michelle
michigan microlab microphone microsof microsoft midnight mike1234 mikemike milamber milenium milhouse military milkyway millenium millions millwall
mindless minecraft minemine minimoni ministry minnesot minnesota minotaur miranda1 mischief misfit99 misiaczek mississi mississippi missouri mistress
mitchell mnbvcxz1 mobbdeep mobydick modelsne mohammad mohammed mojojojo molly123 mollydog momsanaladventure monalisa money123 moneyman mongoose
monique1 monkey12 monkeybo monkeyboy monkeyma monkeyman monolith monopoly monster1 monsters montana1 montecar montecarlo monterey montgom240 montreal
montrose moonbeam moonligh moonlight moonshin moonshine moonstar morozova morpheus morrison morrowind mortgage morticia mortimer mosquito mostwanted
motdepasse motherfu motherfucker motherlode motocros motocross motorcyc motorola mountain mousepad mudvayne muffdive muhammad mulligan multiplelo
munchkin mushroom music123 musician musicman mustang1 mustangg mustangs myfriend mymother mynameis mypasswo mypassword mysecret myspace1 mystical
myxworld nacional nadezhda nancy123 napoleon nascar24 nastenka natalie1 natascha natasha1 natedogg nathalie nathanie nathaniel national naughty1
nautilus navigato navigator navyseal nbuhtyjr ncc1701a ncc1701d ncc1701e ncc74656 nebraska necklace needforspeed negative nemesis1 nemrac58 netscape
network1 nevermin nevermind nevermor nevermore newcastl newcastle newhouse neworder newpass6 newport1 newproject2004 newstart newyork1 nicetits
nicholas nicknick nickolas nighthaw nightmar nightmare nightowl nightwin nightwish ninanina nineball nineinch nineteen nintendo nirvana1 nocturne
nokia6300 nokian73 nolimits noname123 nonenone nonmembe nonsense nopassword normandy northern nosferat nosferatu nostromo notebook nothing1 notredam
nounours november novifarm novikova nthvbyfnjh ntktdbpjh nuttertools nwo4life nygiants nyyankee oblivion obsidian october1 offshore offspring oklahoma
oldschool omegared omsairam onepiece open1234 opendoor openopen opensesame operator optimist optiplex orange12 original orlando1 oscar123 outsider
overkill overload overlord overtime p0015123 p0o9i8u7 packard1 packers1 paintbal paintball painting pakistan paladin1 pallmall palmtree palomino
panasoni panasonic pancakes pandora1 panorama pantera1 panther1 panthers panties1 pantyhos pantyhose papabear papamama paperino papillon paradigm
paradise paramedi paramore paranoia paranoid parlament parliament parsifal partizan partners pasadena pass1234 passcode passfind passions passmast
passpass passport passthie passwerd password passwords passwort patches1 pathetic pathfind pathfinder patience patricia patrick1 patriots patrizia
patterso paulpaul pavement pavilion payton34 peaceful peaceout peaches1 pearljam pedersen peekaboo pegasus1 penelope penetrating penetration penguin1
penguins pennstat pennstate pennywis pentagon penthous pentium4 pepsi123 peregrin perfect1 personal pertinant peterbil peternorth peterpan peterson
petrovich phaedrus phantom1 pharmacy phialpha philippe phillies phillip1 phillips phoenix1 pianoman pictuers pictures piercing pimpdadd pimpdaddy
pimpster pineappl pineapple pinetree pingpong pinkfloy pinkfloyd pinnacle pioneer1 pipeline pippen33 piramida pitchers pizzahut pizzaman planning
plastics platinum platypus playball playboy1 playmate playstat playstation playtime pleasant pleaseme pleasure plumbing plymouth pokemon1 polarbea
polaroid politics polniypizdec0211 polopolo pontiac1 poohbear pool6123 poontang poophead pooppoop popcorn1 porkchop pornking pornographic pornpass
pornporn pornstar porsche9 portland portugal poseidon positive postov1000 potatoes pounding power123 powerade powerful powerman prashant preacher
precious predator pregnant prelude1 premiere presario presiden president pressure prestige princesa princess princessa princeto pringles printing
priscill prisoner private1 priyanka producer professional professor progress property prophecy prospect prospero protocol prototype prudence psychnau
pufunga7782 pumpkin1 pumpkins punisher punkrock puppydog pussy123 pussy4me pussycat pussyeat pussylicker pussylov pussylover pussyman pyramid1
pyramids q1234567 q123456789 q1q2q3q4 q1q2q3q4q5 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qawsedrf qawsedrftg qaz12345 qaz123wsx qazwsx123 qazwsxed qazwsxedc
qazwsxedcrfv qazwsxedcrfvtgb qazxswedc qq123456 quant4307s question qw123456 qwe123qwe qweasdzx qweasdzxc qwedsazxc qwerasdf qwerasdfzxcv qwerty123
qwertyui qwertyuio qwertyuiop r2d2c3p0 r2d2c3po r4e3w2q1 rachelle radiohea radiohead ragnarok raiders1 railroad rainbow6 rainbows raindrop rainyday
raistlin rammstei rammstein ramstein randolph rangers1 rapunzel rasputin rastaman raymond1 rb26dett rdfhnbhf realmadrid rebbyt34 rebecca1 reckless
recovery red12345 redalert redbaron redbeard reddevil reddwarf redhead1 redheads redlight redneck1 redshift redskins redstorm redwing1 redwings
reginald regional register reindeer reloaded remember remingto remington renegade republic repytwjdf rerehepf rerfhfxf rerfhtre research resident
resource restless revival47 revoluti revolution revolver reynolds rfgbnjirf rfhfvtkmrf rfhfylfi rfhlbyfk rfhnjirf rfnthbyf rfntymrf rfvfcenhf rhbcnbyf
rhfcfdbwf rhfcfdxbr rhfcjnrf rhiannon rhjrjlbk rhtdtlrj riccardo richard1 richards richmond rickster ricochet riffraff rightnow riverrat riversid
riverside rjhjktdf rjirfrgbde rjycnfynby rktjgfnhf roadkill roadking roadrunn roadrunner roadster robinhood robinson robotech robotics rochelle
rockford rockhard rocknrol rocknroll rockrock rockroll rockstar rockwell rocky123 rodrigue rodriguez rolltide romanova romantic romaroma romashka
ronaldinho ronaldo7 rooster1 roosters rootbeer rootedit rosebud1 rosemary roserose rosewood rsalinas rt6ytere runescape rush2112 rushmore rushrush
russell1 russian7 rustydog saab9000 sabrina1 sailboat sailfish salamander salasana salesman saltydog salvador salvator salvatore samadams samantha
sammy123 sammydog sampson1 samsung1 sandberg sandiego sandman1 sandrine sandwich sandydog sanity72 santacru santiago saopaulo sapphire sarajevo
sarasara saratoga sasha_007 satan666 satellit satellite saturday saunders sausages savannah saxophon scandinavian scarface scarlett schastie scheisse
schneider schnuffi schubert schwartz scirocco scissors scoobydo scoobydoo scooter1 scorpio1 scorpion scorpions scotland scrabble scrapper screamer
screwyou scruffy1 seahawks seahorse sealteam searcher seattle1 sebastia sebastian sebastie security seductive segblue2 seinfeld seminole semperfi
senators sentinel sephirot sephiroth septembe september seraphim serenity sergbest sergeant sersolution service1 services sevenof9 seventeen sexsexse
sexybabe sexybitch sexygirl sexylady sexymama sexysexy sfgiants shadow12 shamrock shaney14 shanghai shannon1 sheepdog shepherd sheridan sherlock
sherwood shevchenko shinigami shipping shitface shitfuck shithead shitshit shooter1 shopping shotokan showboat showtime shredder sickness sidekick
sideways sidewind sigmachi silverad silverado simpson1 simpsons sinclair singapor singapore sinister sithlord sixtynin sixtynine sk8ordie skateboa
skateboard skeeter1 skeleton skinhead skipper1 skittles skorpion skydiver skyline1 skywalke skywalker slamdunk slapnuts slapshot slayer666 sleeping
slimshad slimshady slipknot slippery slowhand smackdow smackdown smartass smashing smeghead smirnoff smirnova smithers smoke420 smokedog smoothie
smuggles snakeman snapshot sneakers snickers sniffing snoogans snoopdog snoopdogg snowball snowbird snowboar snowboard snowflak snowflake snowman1
snuggles soccer12 socrates softball softtail software sojdlg123aljg sokolova solidsnake solitude solnishko solution somebody somerset somethin
something sometime songbird sonyericsson sonyfuck sonysony sonyvaio sooners1 sopranos soso123aljg soulmate southern southpar southpark southpaw
southside spaceman spalding spamspam spanking sparhawk sparkles spartan1 spartans speakers special1 specialk spectrum speedway spencer1 spiderma
spiderman spitfire splatter splendid splinter spongebo spongebob sporting springer sprinter sprocket squerting squirrel srinivas stafford stallion
stamford stampede standard stanford stanislav stanley1 starbuck starbucks starcraf starcraft stardust starfire starfish stargate starligh starlight
starlite starship starstar start123 startrek starwars steelers stefania stefanie stephane stephani stephanie stephen1 stephens sterling steve123
stewart1 stickman stigmata stiletto stinger1 stingray stirling stocking stockton stonecol stonecold stonewal stoppedby straight strange1 stranger
stratfor strawber strawberry streaming strength stripper sublime1 submarin suburban success1 suckcock suckdick suckmydick suikoden sullivan summer99
summerti summertime sundance sunderla sundevil sunflowe sunflower sunlight sunnyday sunshine super123 superbow superfly superior superman supernatural
supernov supernova supersonic supersta superstar surprise surveyor survival survivor svetlana swallows sweetass sweetheart sweetnes sweetness sweetpea
swimming swingers swinging swordfis swordfish sylveste syncmaster syracuse tacobell taekwondo tailgate takamine talisman tamerlan tampabay tanechka
tangerin tarantul tarheels tashkent tazmania teacher1 teamwork technics techniques tecumseh teddybea teddybear telephon telephone temppass temptress
tenerife tennesse tennessee tequiero terminal terminat terminator terrance terrapin terrence terrible terriers test1234 testibil testing1 testpass
testtest thailand thanatos thankyou thebeast theclash thedoors theflash theforce thegreat thelast1 theodore therock1 thesaint thething thetruth
theworld thinking thinkpad thirteen thisisit thompson thornton thorsten thrasher threesom thriller thuglife thumbnils thumper1 thunder1 thunderb
thunderbird thursday tiberian tiberius tickling ticklish ticktock tiffany1 tiger123 tigercat tigger12 timelord timothy1 timoxa94 tinkerbe tinkerbell
titanic1 titanium titleist titlover tkbpfdtnf together tokiohotel tomahawk tommyboy tomorrow tomservo tonyhawk tonytony tooltime tooltool toonarmy
topolino topsecre topsecret toriamos tortoise tottenha tottenham touchdow touching toulouse trailers training transexual transfer transfor translator
traveler treasure treefrog treetree trfnthbyf triangle trinidad trinitro trinitron trinity1 triplets trojans1 trombone trooper1 tropical trouble1
troubles trousers trucker1 trucking trueblue truelove truffles trumpet1 trustn01 trustno1 tryagain tunafish turkey50 twilight ufhvjybz uhbujhbq
ultimate ultraman umbrella unbelievable uncencored underdog underground undertak undertaker undertow underwear unicorn1 universa universal universe
universi university ursitesux username usmarine usmc0311 usuckballz1 utahjazz vacation vagabond valdepen valencia valentin valentina valentine
valentino valeriya valhalla valkyrie valleywa vampire1 vampires vancouve vancouver vanessa1 vanguard vanhalen vaseline vasilisa vauxhall vegas123
velocity vendetta venezuel verbatim vergeten veronica veronika verygood vfhbyjxrf vfhnsirf vfhufhbnf vfitymrf vflfufcrfh vfnbkmlf vfntvfnbrf vfpfafrf
vfrcbvrf vfvfgfgf vfvfvskfhfve vfylfhby vicecity victoria victory1 viewsoni viewsonic vikings1 viktoria viktoriya vincent1 vincenzo vineyard violator
violetta viper123 vipergts virginia virginie vivitron vjqgfhjkm vkontakte vladimir vladislav vladvlad vodafone volkodav volkswag volkswagen volleyba
volleyball voyager1 vqsablpzla vsjasnel12 vthctltc wachtwoord waffenss wanderer wapapapa warcraft wareagle warehous warhamme warhammer warrior1
warriors wasdwasd washburn washingt washington watching waterboy waterfal waterloo waterman watermelon waterpolo waterski wdtnjxtr weare138 webhompas
webmaste webmaster websol76 websolutions wednesda wednesday welcome1 wellhung wellingt werewolf westham1 westlife westside westwood wetpussy wg8e3wjf
whatever whatwhat whiplash whiskers whistler whiteboy whiteout whitesox whocares whoknows whoopass wildbill wildcard wildcat1 wildcats wildfire
wildlife wildwood william1 williams winchest windmill windows1 windsurf winfield wingchun wingzero winston1 winter99 wireless wisconsi wishbone
wolfgang wolfpack wolfwolf wolverin wolverine wonderboy wonderfu wonderful woodland woodside woodstoc woodstock woodwork woofwoof wordpass worldcup
wp2003wp wrangler wrestler wrestlin wrestling wrinkle1 wrinkles x72jhhu3z yamahar1 yankees1 yaroslav yeahbaby yeahyeah year2005 yesterda yesterday
yfcntymrf yfnfitymrf yjdsqgfhjkm yodayoda yogibear yorktown yosemite youandme yourmama ytngfhjkz ytrhjvfyn z1x2c3v4 z1x2c3v4b5 zachary1 zanzibar
zaq12345 zaq12wsx zaq1xsw2 zaq1xsw2cde3 zaqwsxcde zaqxswcde zcxfcnkbdf zeppelin zerocool zerozero zildjian zimbabwe zolushka zoomzoom zxasqw12
zxcasdqwe zxcv1234 zxcvasdf zxcvb123 zxcvbnm1 zxcvvcxz zz8807zpl
`;
