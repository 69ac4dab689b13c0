/** Why a picture is not taken, in German. */

export const PICTURE_PROBLEMS = {
  pictures_unavailable: 'Dieser Shop nimmt keine Bilder an.',
  unusable_picture:
    'Diese Datei geht nicht als Bild. Nimm ein JPEG, PNG, WebP oder AVIF, das sich nicht bewegt.',
  picture_too_large: 'Dieses Bild hat zu viele Pixel.',
};
