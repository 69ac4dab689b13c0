/**
 * Words that many passwords are made of with digits and signs around them, and that the list of frequent
 * passwords does not have: what a password is for, months and seasons, first names, things that are
 * well known; in English, and those of other languages that are tried first there. Kept by hand; in
 * lower case, at least four letters.
 */
export const FREQUENT_WORDS = `
secret login access guest user tester demo root toor admin adminadmin server support service system default
temp temporary passwd changeit thepassword newpassword yourpassword oldpassword nopassword account
google amazon android iphone whatsapp instagram linkedin twitter youtube netflix paypal oracle cisco
fortnite roblox naruto january february march april june july august september october november
december monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter
family lovely silver yellow purple orange green black white cheese flower cookie pepper ginger
ranger killer hunter harley thomas robert george daniel andrew michael david james john william
london paris berlin hamburg canada germany nigeria england helloworld goodmorning ilovemom
flashsale sale shop shopping order
geheim schatz hallo passwort kennwort sommer herbst frühling fruehling januar februar märz
maerz juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
muenchen münchen schalke bayern deutschland ficken liebe mutter
bonjour soleil doudou chouchou motdepasse contraseña contrasena teamo hola tequiero senha brasil ciao
amore пароль привет любовь
`;
