package org.milena.listexpander.migration.listfile;

import org.milena.common.event.MailJson;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lines of the file as JSON. */
final class ListFileLines {
  static final int VERSION = 1;

  /** A line of this type. */
  static ObjectNode object(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  static ObjectNode tree(Object value) {
    return MailJson.mapper().valueToTree(value);
  }

  private ListFileLines() {}
}
