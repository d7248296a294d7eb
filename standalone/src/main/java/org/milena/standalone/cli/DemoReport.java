package org.milena.standalone.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.milena.standalone.cli.DemoStories.Told;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The story the demonstration tells. */
record DemoReport(
    String url, String list, List<String> members, List<Told> told, ObjectNode found) {

  /** Whether everything became of the mails that should. */
  boolean isAsExpected() {
    return told.stream().allMatch(Told::isAsExpected) && !found.path("items").isEmpty();
  }

  String archive() {
    return url + "/archive/" + list;
  }

  void print(PrintWriter out) {
    out.printf("The list %s has %d members: %s.%n", list, members.size(), joined(members));
    for (Told one : told) {
      out.println();
      out.printf(
          "%s from %s, \"%s\"%n",
          capital(one.post().what()), one.post().author().address(), one.post().subject());
      out.printf(
          "  %s as %s%n",
          one.sent().now() ? "accepted" : "accepted by an earlier run", one.sent().mailId());
      one.story()
          .path("events")
          .forEach(event ->
              out.printf(
                  "  %s: %s%n",
                  Words.lower(event, "kind"), TextTable.clean(Words.text(event, "text"))));
      outcomes(one, out);
      if (!one.isAsExpected()) {
        out.printf(
            "  BUT it should be %s; see: ./milena trace %s%n",
            DemoStories.wanted(one.post().end()), one.sent().mailId());
      }
    }
    out.println();
    out.println("The archive: " + archive());
    String query = Words.text(found, "query");
    if (found.path("items").isEmpty()) {
      out.printf("BUT searching it for \"%s\" finds nothing.%n", query);
    } else {
      out.printf("Searching it for \"%s\" finds:%n", query);
      found
          .path("items")
          .forEach(hit ->
              out.printf(
                  "  \"%s\" by %s%n",
                  TextTable.clean(Words.text(hit.path("post"), "subject")),
                  TextTable.clean(SearchCommand.person(hit.path("post").path("from")))));
    }
    out.println();
    out.println("What to try next:");
    out.println("  ./milena held              the post that waits for you");
    out.println("  ./milena quarantine        what the scanner kept back");
    out.println("  ./milena trace " + told.getFirst().sent().mailId());
  }

  private static void outcomes(Told one, PrintWriter out) {
    for (String outcome : List.of("relayed", "deferred", "failed")) {
      String who =
          one.story()
              .path("recipients")
              .valueStream()
              .filter(recipient -> Words.text(recipient.path("outcome"), "outcome").equals(outcome))
              .map(recipient -> Words.text(recipient, "address"))
              .collect(Collectors.joining(", "));
      if (!who.isEmpty()) {
        out.printf("  %s to %s%n", outcome.equals("relayed") ? "delivered" : outcome, who);
      }
    }
  }

  ObjectNode json() {
    ObjectNode all = Api.object().put("list", list).put("archive", archive());
    all.put("asExpected", isAsExpected());
    ArrayNode addresses = all.putArray("members");
    members.forEach(addresses::add);
    ArrayNode mails = all.putArray("mails");
    for (Told one : told) {
      ObjectNode mail =
          mails
              .addObject()
              .put("what", one.post().what())
              .put("name", one.post().name())
              .put("subject", one.post().subject())
              .put("mailId", one.sent().mailId())
              .put("sentNow", one.sent().now())
              .put("expected", one.post().end().name())
              .put("asExpected", one.isAsExpected());
      mail.set("story", one.story());
    }
    JsonNode search = found;
    all.set("search", search);
    return all;
  }

  private static String joined(List<String> all) {
    return String.join(", ", all);
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
