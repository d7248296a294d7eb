package org.milena.common.settings;

/** When the volume of a digest is full and its issues are counted anew. */
public enum VolumeEvery {
  YEAR,
  QUARTER,
  MONTH,
  WEEK,
  DAY
}
