package org.milena.standalone.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code milena quarantine …}. */
@Command(
    name = "quarantine",
    description = "Shows mail the scanner kept back, lets it go, or deletes it.",
    mixinStandardHelpOptions = true)
final class QuarantineCommand implements Runnable {

  private static final String IDS = "Their ids.";

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all that is kept. */
  @Override
  public void run() {
    list(answer, "kept", "", "", "");
  }

  @Command(name = "list", description = "What is there.", mixinStandardHelpOptions = true)
  void list(
      @Mixin Answer answer,
      @Option(
              names = "--state",
              defaultValue = "kept",
              description = "kept, released, deleted or expired.")
          String state,
      @Option(
              names = "--list",
              defaultValue = "",
              description = "Only for this address, of a list or a recipient.")
          String list,
      @Option(
              names = "--verdict",
              defaultValue = "",
              description = "infected, unscannable, policy, spam or clean.")
          String verdict,
      @Option(
              names = "--text",
              defaultValue = "",
              description = "Only with this in author or subject.")
          String text) {
    Pages.show(
        answer,
        Api.path("ops", "quarantine")
            + "?state="
            + Api.escape(state)
            + parameter("list", list)
            + parameter("verdict", verdict)
            + parameter("text", text),
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

  private static String parameter(String name, String value) {
    return value.isEmpty() ? "" : "&" + name + "=" + Api.escape(value);
  }

  @Command(name = "show", description = "One mail.", mixinStandardHelpOptions = true)
  void show(
      @Mixin Answer answer, @Parameters(paramLabel = "MAIL", description = "Its id.") String id) {
    answer.show(answer.api().get(Api.path("ops", "quarantine", id)), mail -> print(answer, mail));
  }

  @Command(
      name = "download",
      description = {
        "Writes one mail into an encrypted zip file, to be looked at elsewhere. It is noted who"
            + " did it."
      },
      mixinStandardHelpOptions = true)
  void download(
      @Mixin Answer answer,
      @Parameters(paramLabel = "MAIL", description = "Its id.") String id,
      @Option(names = "--output", description = "The file; MAIL.zip when not given.")
          @Nullable Path output,
      @Option(
              names = "--password",
              arity = "0..1",
              interactive = true,
              description = "Of the zip file, asked for when not given here; else: infected.")
          @Nullable String password) {
    Path file = output == null ? Path.of(fileName(id)) : output;
    String path = Api.path("ops", "quarantine", id, "download");
    byte[] zip =
        password == null
            ? answer.api().bytes(path)
            : answer.api().bytes(path, "Milena-Zip-Password", password);
    try {
      Files.write(file, zip, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new CliFailure("There is a file %s already.".formatted(file), e);
    } catch (IOException e) {
      throw new CliFailure("%s cannot be written: %s.".formatted(file, e.toString()), e);
    }
    answer.show(
        Api.object().put("id", id).put("file", file.toString()).put("size", zip.length),
        "%s is in %s, encrypted.".formatted(TextTable.clean(id), file));
  }

  /** What is no id is refused by the server; until then it must not name another folder. */
  private static String fileName(String id) {
    return id.replaceAll("[^0-9A-Za-z-]", "_") + ".zip";
  }

  @Command(
      name = "release",
      description = {
        "Lets them go to where they are addressed, if the engines, asked again, do not call them"
            + " infected.",
        "It is noted who did it."
      },
      mixinStandardHelpOptions = true)
  void release(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "MAIL", description = IDS) List<String> ids,
      @Option(names = "--despite", description = "Also when the engines still call them infected.")
          boolean despite,
      @Option(names = "--note", defaultValue = "", description = "Your words, for the log.")
          String note) {
    Api api = answer.api();
    for (String id : ids) {
      JsonNode now =
          api.post(
              Api.path("ops", "quarantine", id, "release"),
              Api.object().put("despite", despite).put("note", note));
      answer.show(
          now,
          Words.lower(now, "state").equals("kept")
              ? "%s waits for a second operator to release it too.".formatted(id)
              : "Released %s.".formatted(id));
    }
  }

  @Command(
      name = "delete",
      description = "Takes them out of sight for good. It is noted who did it.",
      mixinStandardHelpOptions = true)
  void delete(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "MAIL", description = IDS) List<String> ids) {
    Api api = answer.api();
    for (String id : ids) {
      answer.show(api.delete(Api.path("ops", "quarantine", id)), "Deleted %s.".formatted(id));
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
            .add("kept until", Words.moment(mail, "expiresAt"))
            .add("decided by", mail.path("decidedBy"))
            .add("decided", Words.moment(mail, "decidedAt"));
    int number = 0;
    for (JsonNode engine : mail.path("engines")) {
      facts.add("engine " + ++number, said(engine));
    }
    JsonNode spam = mail.path("spam");
    if (spam.isObject()) {
      facts.add(
          "spam",
          "%s, %s of %s: %s"
              .formatted(
                  Words.lower(spam, "level"),
                  spam.path("score").asString(),
                  spam.path("required").asString(),
                  Words.joined(spam.path("symbols"), ", ")));
    }
    number = 0;
    for (JsonNode check : mail.path("authentication")) {
      facts.add(
          "sender " + ++number,
          "%s=%s %s %s"
              .formatted(
                  Words.text(check, "method"),
                  Words.lower(check, "result"),
                  Words.text(check, "domain"),
                  Words.text(check, "detail")));
    }
    number = 0;
    for (JsonNode act : mail.path("acts")) {
      facts.add(
          "act " + ++number,
          "%s %s by %s %s"
              .formatted(
                  Words.moment(act, "at"),
                  Words.lower(act, "act"),
                  Words.text(act, "by"),
                  Words.text(act, "note")));
    }
    number = 0;
    for (JsonNode file : mail.path("attachments")) {
      facts.add(
          "attachment " + ++number,
          "%s (%s, %d octets, SHA-256 %s)"
              .formatted(
                  Words.text(file, "name"),
                  Words.text(file, "type"),
                  file.path("size").asLong(),
                  Words.text(file, "sha256")));
    }
    facts.print(answer.out());
    if (!mail.path("header").isEmpty()) {
      answer.out().println();
      mail.path("header").forEach(line -> answer.out().println(TextTable.clean(line.asString(""))));
    }
  }

  private static String said(JsonNode engine) {
    return "%s (%s) says %s %s"
        .formatted(
            Words.text(engine, "engine"),
            Words.text(engine, "version"),
            Words.lower(engine, "verdict"),
            Words.text(engine, "detail"));
  }
}
