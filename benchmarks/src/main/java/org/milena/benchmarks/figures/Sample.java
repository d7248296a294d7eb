package org.milena.benchmarks.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** One figure, as the rounds of a run measured it. For one thread. */
public final class Sample {
  private final List<Double> values = new ArrayList<>();

  /** Adds the figure of one round. */
  public void add(double value) {
    values.add(value);
  }

  /** How many rounds there were. */
  public int size() {
    return values.size();
  }

  /** The middle one, or the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = sorted();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The smallest value that this share of all values does not exceed. */
  public double percentile(int percent) {
    List<Double> sorted = sorted();
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  /** The least and the greatest, for instance {@code 545–884}. */
  public String spread(int digits) {
    List<Double> sorted = sorted();
    return number(sorted.getFirst(), digits) + "–" + number(sorted.getLast(), digits);
  }

  /** A number for people. */
  public static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  private List<Double> sorted() {
    if (values.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted;
  }
}
