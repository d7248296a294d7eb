package org.milena.standalone.cli;

import java.io.Console;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena import …}. */
@Command(
    name = "import",
    description = {
      "Takes lists and archives over from elsewhere. No mail is sent, and the same again changes"
          + " nothing.",
      "With --dry-run it says what it would do."
    },
    subcommands = {
      ImportArchives.Mbox.class,
      ImportArchives.Maildir.class,
      ImportArchives.Pipermail.class,
      ImportArchives.PublicInbox.class,
      ImportArchives.PonyMail.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class ImportCommand {
  private static final String CONFIG = "config.pck";
  private static final String OCTETS = "application/octet-stream";
  private static final String DRY = "Says what would be done, and does nothing.";

  @Command(
      name = "mailman2",
      description = {
        "Lists of Mailman 2.1: a config.pck, or a folder that has some below it, for instance"
            + " /var/lib/mailman/lists."
      },
      mixinStandardHelpOptions = true)
  int mailman2(
      @Mixin Answer answer,
      @Parameters(paramLabel = "FILE|DIR") Path path,
      @Option(
              names = "--list",
              description = "Its address here; else its name at the host that the file names.")
          @Nullable String list,
      @Option(names = "--dry-run", description = DRY) boolean dryRun) {
    List<Path> files = Files.isDirectory(path) ? below(path) : List.of(path);
    if (files.isEmpty()) {
      throw new CliFailure("There is no %s below %s.".formatted(CONFIG, path));
    }
    if (files.size() > 1 && list != null) {
      throw new CliFailure("--list is for one list; there are %d.".formatted(files.size()));
    }
    ArrayNode reports = Api.object().putArray("reports");
    int refused = 0;
    for (Path file : files) {
      String request =
          "/api/v1/imports/mailman2?name="
              + Api.escape(folder(file))
              + (dryRun ? "&dryRun=true" : "")
              + (list == null ? "" : "&list=" + Api.escape(list));
      try {
        reports.add(send(answer, request, body(file), OCTETS));
      } catch (CliFailure.Refused e) {
        if (files.size() == 1) {
          throw e;
        }
        refused++;
        answer.err().printf("%s: %s%n", file, e.getMessage());
      }
    }
    return show(answer, reports) + refused == 0 ? 0 : 1;
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> all = Files.find(folder, 3, (file, _) -> file.endsWith(CONFIG))) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new CliFailure("%s cannot be read: %s.".formatted(folder, e), e);
    }
  }

  /** Mailman keeps a list in a folder of its name. */
  private static String folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    Path name = folder == null ? null : folder.getFileName();
    return name == null ? "list" : name.toString();
  }

  @Command(
      name = "mailman3",
      description = {
        "Lists of a running Mailman 3, over its REST API. Read only.",
        "The password is that of [webservice] in mailman.cfg; it is asked for, or taken from"
            + " MAILMAN_PASSWORD."
      },
      mixinStandardHelpOptions = true)
  int mailman3(
      @Mixin Answer answer,
      @Parameters(paramLabel = "URL", description = "As Milena's server reaches it.") String url,
      @Option(names = "--user", defaultValue = "restadmin") String user,
      @Option(names = "--list", description = "One list; else all.") @Nullable String list,
      @Option(names = "--dry-run", description = DRY) boolean dryRun) {
    ObjectNode old =
        Api.object()
            .put("url", url)
            .put("user", user)
            .put("password", password())
            .put("dryRun", dryRun);
    if (list != null) {
      old.put("list", list);
    }
    JsonNode reports =
        send(
            answer,
            "/api/v1/imports/mailman3",
            BodyPublishers.ofString(old.toString()),
            "application/json");
    return show(answer, reports) == 0 ? 0 : 1;
  }

  private static String password() {
    String given = System.getenv("MAILMAN_PASSWORD");
    if (given != null) {
      return given;
    }
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password of Mailman's API: ");
    if (typed == null) {
      throw new CliFailure("Give the password of Mailman's API in MAILMAN_PASSWORD.");
    }
    return new String(typed);
  }

  @Command(
      name = "list",
      description = "A file that milena export has made.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Answer answer,
      @Parameters(paramLabel = "FILE") Path file,
      @Option(names = "--address", description = "Another address than it had.")
          @Nullable String address,
      @Option(names = "--dry-run", description = DRY) boolean dryRun) {
    String query = "?dryRun=" + dryRun + (address == null ? "" : "&address=" + Api.escape(address));
    JsonNode report = send(answer, "/api/v1/lists/import" + query, body(file), OCTETS);
    return show(answer, report) == 0 ? 0 : 1;
  }

  @Command(
      name = "members",
      description = {
        "Everybody in a file: one address a line, or CSV; as milena members import.",
        "A heading names the columns: address, name, role, mode, delivery, language, moderated."
      },
      mixinStandardHelpOptions = true)
  int members(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = "The list's address.")
          String list,
      @Parameters(index = "1", paramLabel = "FILE") Path file,
      @Option(
              names = "--role",
              description = "Of those whose line names none: member, owner, moderator, nonmember.",
              defaultValue = "member")
          String role) {
    return new MembersCommand().importFile(answer, list, file, role);
  }

  private static BodyPublisher body(Path file) {
    try {
      return BodyPublishers.ofFile(file);
    } catch (FileNotFoundException e) {
      throw new CliFailure("There is no file %s.".formatted(file), e);
    }
  }

  private static JsonNode send(Answer answer, String path, BodyPublisher body, String type) {
    Progress progress = Progress.on(answer);
    JsonNode report =
        answer
            .api()
            .follow(
                path,
                body,
                type,
                said -> progress.at(said.path("members").asLong(), said.path("of").asLong()));
    progress.done();
    return report;
  }

  /** Shows one report or several; how many lists were refused. */
  private static int show(Answer answer, JsonNode reports) {
    List<JsonNode> all = reports.isArray() ? List.copyOf(reports.values()) : List.of(reports);
    answer.show(reports, _ -> all.forEach(report -> print(answer.out(), report)));
    int refused = (int) all.stream().filter(report -> report.has("refused")).count();
    if (refused > 0 && all.size() > 1) {
      answer.err().printf("%,d of %,d lists are refused.%n", refused, all.size());
    }
    return refused;
  }

  private static void print(PrintWriter out, JsonNode report) {
    String list = report.path("list").asString("");
    if (report.has("refused")) {
      out.printf(
          "%s is refused: %s%n",
          list, TextTable.clean(report.path("refused").path("text").asString("")));
    } else {
      out.printf("%s %s%n", list, done(report));
    }
    report
        .path("lines")
        .forEach(line ->
            out.printf(
                "  %-34s %-6s %s%n",
                TextTable.clean(line.path("field").asString("")),
                line.path("fate").asString("").toLowerCase(Locale.ROOT),
                TextTable.clean(line.path("text").asString(""))));
  }

  private static String done(JsonNode report) {
    boolean dry = report.path("dryRun").asBoolean(false);
    boolean made = report.path("made").asBoolean(false);
    return "%s: %d members, %d texts, %d held posts; %d %s."
        .formatted(
            dry ? made ? "would be made" : "would be changed" : made ? "is made" : "is there",
            report.path("members").asInt(0),
            report.path("texts").asInt(0),
            report.path("heldPosts").asInt(0),
            report.path("changed").asInt(0),
            dry ? "would be changed" : "changed");
  }
}
