package org.milena.standalone.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Named facts of one thing, one a line. What is absent or empty is left out. */
final class Facts {

  private final Map<String, String> facts = new LinkedHashMap<>();

  Facts add(String name, JsonNode value) {
    return add(name, value.isContainer() ? value.toString() : value.asString(""));
  }

  Facts add(String name, String value) {
    if (!value.isBlank()) {
      facts.put(name, TextTable.clean(value));
    }
    return this;
  }

  void print(PrintWriter out) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    facts.forEach(
        (name, value) -> out.println("  " + name + " ".repeat(width - name.length() + 2) + value));
  }
}
