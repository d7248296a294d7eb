package org.milena.standalone.cli;

/** What was changed, as a table. */
final class AuditTable {

  /** Shows all that this path gives. */
  static void show(Answer answer, String path) {
    Pages.show(
        answer,
        path,
        new TextTable("WHEN", "WHO", "FROM", "OUTCOME", "WHAT"),
        (table, entry) ->
            table.row(
                entry.path("at").asString(""),
                entry.path("actor").asString(""),
                entry.path("origin").asString(""),
                entry.path("outcome").asString(""),
                entry.path("text").asString("")),
        "Nothing was changed.");
  }

  private AuditTable() {}
}
