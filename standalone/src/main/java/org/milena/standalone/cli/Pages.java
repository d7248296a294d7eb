package org.milena.standalone.cli;

import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists that the API gives in pages. */
final class Pages {

  private Pages() {}

  /** Reads all pages, and prints them as one table or as one page of JSON. */
  static void show(
      Answer answer,
      String path,
      TextTable table,
      BiConsumer<TextTable, JsonNode> row,
      String whenEmpty) {
    ObjectNode all = Api.object();
    ArrayNode items = all.putArray("items");
    answer.api().eachItem(path, items::add);
    all.putNull("next");
    answer.show(
        all,
        _ -> {
          items.forEach(item -> row.accept(table, item));
          table.print(answer.out(), whenEmpty);
        });
  }
}
