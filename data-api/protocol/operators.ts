/** The operators that may be used, by where they stand. What is not named here is refused. */

/** In a filter, and in `$match`. Without `$where`, `$jsonSchema`, `$text` and the geospatial ones. */
export const QUERY_OPERATORS = names(
  '$eq $ne $gt $gte $lt $lte $in $nin $and $or $nor $not $exists $type $regex $options $mod',
  '$all $elemMatch $size $expr $comment $bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet',
  '$sampleRate',
);

/** In an update, with the operators that may stand inside their values. */
export const UPDATE_OPERATORS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...['$set', '$setOnInsert', '$unset', '$inc', '$mul', '$min', '$max', '$rename', '$pop'].map(
    (name) => [name, names()] as const,
  ),
  ['$push', names('$each $slice $sort $position')],
  ['$addToSet', names('$each')],
  ['$pull', QUERY_OPERATORS],
  ['$pullAll', names()],
  ['$currentDate', names('$type')],
]);

/** In an aggregation's expressions. Without `$function`, `$accumulator` and `$meta`. */
export const EXPRESSION_OPERATORS = names(
  // Accumulators.
  '$sum $avg $min $max $first $last $push $addToSet $count $mergeObjects $stdDevPop $stdDevSamp',
  '$firstN $lastN $maxN $minN $top $topN $bottom $bottomN',
  // Numbers.
  '$add $subtract $multiply $divide $mod $abs $ceil $floor $round $trunc $pow $sqrt $exp $ln $log',
  '$log10 $rand $bitAnd $bitOr $bitXor $bitNot',
  '$sin $cos $tan $asin $acos $atan $atan2 $sinh $cosh $tanh $asinh $acosh $atanh',
  '$degreesToRadians $radiansToDegrees',
  // Comparison and choice.
  '$eq $ne $gt $gte $lt $lte $cmp $and $or $not $cond $if $ifNull $switch $branches $case $default',
  // Lists.
  '$in $size $slice $arrayElemAt $concatArrays $filter $map $reduce $isArray $reverseArray',
  '$setUnion $setIntersection $setDifference $setEquals $setIsSubset $range $indexOfArray',
  '$allElementsTrue $anyElementTrue $sortArray $zip',
  // Objects.
  '$objectToArray $arrayToObject $getField $setField $unsetField',
  // Texts.
  '$concat $toLower $toUpper $substr $substrCP $substrBytes $strLenCP $strLenBytes $split $trim',
  '$ltrim $rtrim $indexOfCP $indexOfBytes $strcasecmp $regexMatch $regexFind $regexFindAll',
  '$replaceOne $replaceAll $binarySize',
  // Dates.
  '$dateToString $dateFromString $dateAdd $dateSubtract $dateDiff $dateTrunc $dateFromParts',
  '$dateToParts $year $month $dayOfMonth $hour $minute $second $millisecond $dayOfWeek $dayOfYear',
  '$week $isoWeek $isoWeekYear $isoDayOfWeek',
  // Windows.
  '$rank $denseRank $documentNumber $shift $derivative $integral $expMovingAvg $locf $linearFill',
  '$covariancePop $covarianceSamp',
  // Types and names.
  '$type $isNumber $convert $toString $toInt $toLong $toDouble $toDecimal $toDate $toBool',
  '$toObjectId $literal $let',
);

/** An aggregation's stages. Without `$out`, `$merge` and everything that looks at the server. */
export const STAGES = names(
  '$match $project $group $sort $limit $skip $count $unwind $addFields $set $unset $facet $lookup',
  '$unionWith $sortByCount $replaceRoot $replaceWith $bucket $bucketAuto $sample $redact',
  '$graphLookup $setWindowFields $densify $fill',
);

function names(...lists: string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(' ')));
}
