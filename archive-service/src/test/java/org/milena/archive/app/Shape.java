package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.milena.common.event.MailJson;
import tools.jackson.databind.JsonNode;

/**
 * The shape of an answer as a sample has it: the same names of fields, no more and no fewer, and
 * the same types. An item of an array is like one of those in the sample.
 */
final class Shape {

  /** A sample beside these tests. */
  static JsonNode sample(String name) {
    try (InputStream in = Shape.class.getResourceAsStream("shims/" + name + ".json")) {
      return MailJson.mapper().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void assertLike(JsonNode answer, String sample) {
    assertThat(difference(answer, sample(sample), "")).as(answer.toPrettyString()).isEmpty();
  }

  /** The first difference; empty for none. */
  static String difference(JsonNode answer, JsonNode sample, String where) {
    if (answer.getNodeType() != sample.getNodeType()) {
      return where + " is " + answer.getNodeType() + ", and in the sample " + sample.getNodeType();
    }
    if (answer.isNumber() && answer.isIntegralNumber() != sample.isIntegralNumber()) {
      return where + " is another kind of number";
    }
    if (answer.isArray()) {
      return differenceOfItems(answer, sample, where);
    }
    Set<String> names = new TreeSet<>(answer.propertyNames());
    Set<String> expected = new TreeSet<>(sample.propertyNames());
    if (!names.equals(expected)) {
      return where + " has " + names + ", and in the sample " + expected;
    }
    for (String name : names) {
      String difference = difference(answer.path(name), sample.path(name), where + "/" + name);
      if (!difference.isEmpty()) {
        return difference;
      }
    }
    return "";
  }

  private static String differenceOfItems(JsonNode answer, JsonNode sample, String where) {
    for (JsonNode item : answer) {
      String first = where + "[]: there is none in the sample";
      for (JsonNode like : sample) {
        first = difference(item, like, where + "[]");
        if (first.isEmpty()) {
          break;
        }
      }
      if (!first.isEmpty()) {
        return first;
      }
    }
    return "";
  }

  private Shape() {}
}
