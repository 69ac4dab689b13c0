/** Why a picture is not taken, in English. */

export const PICTURE_PROBLEMS = {
  pictures_unavailable: 'This shop takes no pictures.',
  unusable_picture:
    'This file cannot be used as a picture. Take a JPEG, PNG, WebP or AVIF that does not move.',
  picture_too_large: 'This picture has too many pixels.',
};
