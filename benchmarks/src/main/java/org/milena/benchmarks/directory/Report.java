package org.milena.benchmarks.directory;

import java.io.PrintStream;
import java.util.Locale;
import org.milena.benchmarks.figures.Machine;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;

/** What is printed. */
record Report(PrintStream out) {
  private static final double MEBIBYTE = 1024 * 1024;

  /** Begins a part. */
  void heading(String text) {
    out.println("\n## " + text + "\n\nLoad average before: " + Machine.load() + "\n");
  }

  void table(Table table) {
    out.println(table);
  }

  /** A whole number. */
  static String count(double value) {
    return Sample.number(value, 0);
  }

  /** A median with least and greatest. */
  static String median(Sample sample, int digits) {
    return Sample.number(sample.median(), digits) + " (" + sample.spread(digits) + ")";
  }

  static String megabytes(double octets) {
    return String.format(Locale.ROOT, "%,.0f MB", octets / MEBIBYTE);
  }
}
