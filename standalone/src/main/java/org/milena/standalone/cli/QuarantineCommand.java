package org.milena.standalone.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code milena quarantine …}. */
@Command(
    name = "quarantine",
    description = "Shows mail the scanner kept back, and lets it go.",
    mixinStandardHelpOptions = true)
final class QuarantineCommand implements Runnable {

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all that is kept. */
  @Override
  public void run() {
    list(answer, "kept");
  }

  @Command(name = "list", description = "What is there.", mixinStandardHelpOptions = true)
  void list(
      @Mixin Answer answer,
      @Option(names = "--state", defaultValue = "kept", description = "kept, released or deleted.")
          String state) {
    Pages.show(
        answer,
        Api.path("ops", "quarantine") + "?state=" + Api.escape(state),
        new TextTable("MAIL", "SINCE", "FROM", "TO", "SUBJECT", "WHY"),
        (table, mail) ->
            table.row(
                Words.text(mail, "id"),
                Words.moment(mail, "quarantinedAt"),
                Words.text(mail, "author"),
                Words.joined(mail.path("recipients"), ", "),
                Words.text(mail, "subject"),
                Words.text(mail, "reason")),
        "Nothing is in quarantine.");
  }

  @Command(name = "show", description = "One mail.", mixinStandardHelpOptions = true)
  void show(
      @Mixin Answer answer, @Parameters(paramLabel = "MAIL", description = "Its id.") String id) {
    answer.show(answer.api().get(Api.path("ops", "quarantine", id)), mail -> print(answer, mail));
  }

  @Command(
      name = "release",
      description = "Lets them go to where they are addressed. It is noted who did it.",
      mixinStandardHelpOptions = true)
  void release(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "MAIL", description = "Their ids.")
          List<String> ids) {
    Api api = answer.api();
    for (String id : ids) {
      answer.show(
          api.post(Api.path("ops", "quarantine", id, "release")), "Released %s.".formatted(id));
    }
  }

  private static void print(Answer answer, JsonNode mail) {
    Facts facts =
        new Facts()
            .add("mail", mail.path("id"))
            .add("state", Words.lower(mail, "state"))
            .add("why", mail.path("reason"))
            .add("from", mail.path("author"))
            .add("subject", mail.path("subject"))
            .add("reverse-path", mail.path("reversePath"))
            .add("recipients", Words.joined(mail.path("recipients"), ", "))
            .add("client", mail.path("client"))
            .add("size", Words.size(mail.path("size").asLong()))
            .add("received", Words.moment(mail, "receivedAt"))
            .add("quarantined", Words.moment(mail, "quarantinedAt"))
            .add("decided by", mail.path("decidedBy"))
            .add("decided", Words.moment(mail, "decidedAt"));
    int number = 0;
    for (JsonNode attachment : mail.path("attachments")) {
      facts.add("attachment " + ++number, attachment);
    }
    facts.print(answer.out());
  }
}
