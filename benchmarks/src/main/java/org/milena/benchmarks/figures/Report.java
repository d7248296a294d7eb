package org.milena.benchmarks.figures;

import java.io.PrintStream;
import java.util.Locale;

/** What is printed, and where. */
public record Report(PrintStream out) {
  private static final double MEBIBYTE = 1024 * 1024;

  /** Begins a part. */
  public void heading(String text) {
    out.println("\n## " + text + "\n\nLoad average before: " + Machine.load() + "\n");
  }

  /** Shows a table. */
  public void table(Table table) {
    out.println(table);
  }

  /** A whole number. */
  public static String count(double value) {
    return Sample.number(value, 0);
  }

  /** A median with least and greatest. */
  public static String median(Sample sample, int digits) {
    return Sample.number(sample.median(), digits) + " (" + sample.spread(digits) + ")";
  }

  /** Octets as megabytes. */
  public static String megabytes(double octets) {
    return String.format(Locale.ROOT, "%,.0f MB", octets / MEBIBYTE);
  }
}
