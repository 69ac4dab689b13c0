import { describe, expect, it } from 'vitest';
import { pretendsToBeStaff } from './staff-names.ts';

const PRETENDING = [
  'Admin',
  'ADMIN',
  'Lisa (Admin)',
  'AdminLisa',
  'admin1',
  '4dm1n',
  'A d m i n',
  'A.d.m.i.n',
  'Ad\u200bmin',
  'Ad\u00admin',
  'Аdmin',
  'аdmіn',
  'Αdmin',
  'Ａｄｍｉｎ',
  '𝐀𝐝𝐦𝐢𝐧',
  'ⓐⓓⓜⓘⓝ',
  '🅰🅳🅼🅸🅽',
  'ᴀᴅᴍɪɴ',
  'Ádmín',
  'aclmin'.replace('cl', 'd'),
  'adrnin',
  'SwiftDrop',
  'Swift Drop',
  'swift-drop news',
  'Swiftdr0p',
  'SwiftDrop Support',
  'Support',
  'Support Team',
  'supportteam',
  '$upport',
  'Customer Service',
  'Kundenservice',
  'Kunden-Service',
  'Official',
  'OfficiaI',
  'Offizieller Account',
  'Moderator',
  'M0derator',
  'Moderatorin Eva',
  'Administratorin',
  'Shop-Team',
  'Staff',
  'Verified',
  'Mitarbeiter',
];

const OWN = [
  'Ada Lovelace',
  'Grace 🚢',
  'Badminton Fan',
  'Modesta',
  'Moritz',
  'Stafford',
  'Rooter',
  'Team Rocket',
  'Officer Dibble',
  'Li Wei',
  'Amélie',
  'Дмитрий',
  'Ελένη',
  'مرحبا',
  '👩‍👩‍👦',
  'Anna1',
  'Supporter of Bayern',
  'O’Neill',
  'A B C',
  'A shopper',
  'Eve',
  '1234',
];

describe('a name', () => {
  it.each(PRETENDING)('%j pretends to be the shop’s', (name) => {
    expect(pretendsToBeStaff(name)).toBe(true);
  });

  it.each(OWN)('%j is somebody’s own', (name) => {
    expect(pretendsToBeStaff(name)).toBe(false);
  });
});
