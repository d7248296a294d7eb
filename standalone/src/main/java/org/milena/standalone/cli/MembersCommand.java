package org.milena.standalone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena members …}. */
@Command(
    name = "members",
    description = "Shows and changes who is on a list.",
    subcommands = {
      MemberThreads.Mute.class,
      MemberThreads.Follow.class,
      MemberThreads.Unmute.class,
      MemberThreads.Unfollow.class,
      MemberThreads.Show.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class MembersCommand {

  private static final String LIST = "The list's address.";

  @Command(
      name = "list",
      description = "All members, or those who are looked for.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin Answer answer,
      @Parameters(paramLabel = "LIST", description = LIST) String list,
      @Option(
              names = "--search",
              paramLabel = "WORDS",
              description = "That all stand in the address or the name.",
              defaultValue = "")
          String words,
      @Option(names = "--role", description = "member, owner, moderator, nonmember.")
          @Nullable String role,
      @Option(names = "--stopped", description = "Only those to whom nothing is delivered.")
          boolean stopped) {
    String asked =
        "?q="
            + Api.escape(words)
            + (role == null ? "" : "&role=" + Api.escape(role.toUpperCase(Locale.ROOT)))
            + (stopped ? "&stopped=true" : "");
    boolean everybody = asked.equals("?q=");
    Pages.show(
        answer,
        Api.path("lists", list, "members") + (everybody ? "" : asked),
        new TextTable("ADDRESS", "NAME", "ROLES", "POSTS", "DELIVERY", "SINCE", "VIA"),
        (table, member) ->
            table.row(
                member.path("address").asString(""),
                member.path("displayName").asString(""),
                roles(member),
                member.path("action").asString("as the list").toLowerCase(Locale.ROOT),
                delivery(member),
                day(member.path("since").asString("")),
                Words.text(member, "via")),
        everybody
            ? list + " has no members. Add some with: milena members add " + list + " ADDRESS"
            : "Nobody on " + list + " is like that.");
  }

  private static String delivery(JsonNode member) {
    String stopped = Words.lower(member, "stopped");
    return (stopped.isEmpty() ? Words.lower(member, "mode") : "stopped " + stopped)
        .replace('_', ' ');
  }

  @Command(
      name = "add",
      description = "Adds members, or gives those who are there one role more.",
      mixinStandardHelpOptions = true)
  void add(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "ADDRESS") List<String> addresses,
      @Option(names = "--name", description = "Of the person.", defaultValue = "") String name,
      @Option(
              names = "--role",
              description = "member, owner, moderator, nonmember; may be given again.")
          @Nullable List<String> roles) {
    Api api = answer.api();
    for (String address : addresses) {
      ObjectNode body = Api.object().put("address", address);
      if (!name.isEmpty()) {
        body.put("displayName", name);
      }
      if (roles != null) {
        ArrayNode all = body.putArray("roles");
        roles.forEach(role -> all.add(role.toUpperCase(Locale.ROOT)));
      }
      JsonNode member = api.post(Api.path("lists", list, "members"), body);
      answer.show(member, "%s is on %s: %s.".formatted(address, list, roles(member)));
    }
  }

  @Command(
      name = "remove",
      description = "Takes members away, with all their roles.",
      mixinStandardHelpOptions = true)
  void remove(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "ADDRESS") List<String> addresses) {
    Api api = answer.api();
    for (String address : addresses) {
      answer.show(
          api.delete(Api.path("lists", list, "members", address)),
          "%s is no longer on %s.".formatted(address, list));
    }
  }

  @Command(
      name = "options",
      description = "Changes what a member gets, and how; shows it.",
      mixinStandardHelpOptions = true)
  void options(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(index = "1", paramLabel = "ADDRESS") String address,
      @Option(
              names = "--mode",
              description = "every-post, mime-digest, plain-digest, summary, none.")
          @Nullable String mode,
      @Option(names = "--deliver", description = "true or false.", arity = "1")
          @Nullable Boolean deliver,
      @Option(names = "--until", description = "Nothing until this day: 2027-01-15.")
          @Nullable String until,
      @Option(names = "--own-posts", description = "true or false.", arity = "1")
          @Nullable Boolean ownPosts,
      @Option(names = "--acknowledge", description = "true or false.", arity = "1")
          @Nullable Boolean acknowledge,
      @Option(
              names = "--tracking",
              description = "Tell what became of own posts: true or false.",
              arity = "1")
          @Nullable Boolean tracking,
      @Option(
              names = "--skip-duplicates",
              description = "No copy of a post that names the member: true or false.",
              arity = "1")
          @Nullable Boolean skipDuplicates,
      @Option(names = "--concealed", description = "true or false.", arity = "1")
          @Nullable Boolean concealed,
      @Option(names = "--language", description = "en, de, or empty for the list's.")
          @Nullable String language) {
    ObjectNode body = Api.object();
    if (mode != null) {
      body.put("mode", mode.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
    if (until != null) {
      body.put("deliver", false).put("stoppedUntil", until);
    }
    put(body, "deliver", deliver);
    put(body, "ownPosts", ownPosts);
    put(body, "acknowledge", acknowledge);
    put(body, "tracking", tracking);
    put(body, "skipDuplicates", skipDuplicates);
    put(body, "concealed", concealed);
    if (language != null) {
      body.put("language", language);
    }
    String path = Api.path("lists", list, "members", address);
    JsonNode member = body.isEmpty() ? answer.api().get(path) : answer.api().patch(path, body);
    answer.show(
        member,
        all ->
            new Facts()
                .add("address", all.path("address"))
                .add("mode", all.path("mode"))
                .add("stopped", all.path("stopped"))
                .add("until", all.path("stoppedUntil"))
                .add("own posts", all.path("ownPosts"))
                .add("acknowledge", all.path("acknowledge"))
                .add("tracking", all.path("tracking"))
                .add("skip duplicates", all.path("skipDuplicates"))
                .add("concealed", all.path("concealed"))
                .add("language", all.path("language"))
                .print(answer.out()));
  }

  @Command(
      name = "invite",
      description = "Invites somebody; who accepts joins without a moderator.",
      mixinStandardHelpOptions = true)
  void invite(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "ADDRESS") List<String> addresses,
      @Option(names = "--text", description = "What you write.", defaultValue = "") String text) {
    ObjectNode body = Api.object().put("text", text);
    ArrayNode all = body.putArray("addresses");
    addresses.forEach(all::add);
    JsonNode done = answer.api().post(Api.path("lists", list, "invitations"), body);
    answer.show(done, TextTable.clean(Words.text(done, "text")));
  }

  @Command(
      name = "requests",
      description = "Who waits for a moderator to join or to leave.",
      mixinStandardHelpOptions = true)
  void requests(
      @Mixin Answer answer, @Parameters(paramLabel = "LIST", description = LIST) String list) {
    Pages.show(
        answer,
        Api.path("lists", list, "requests"),
        new TextTable("ID", "WANTS TO", "ADDRESS", "NAME", "ASKED", "UNTIL"),
        (table, request) ->
            table.row(
                Words.text(request, "id"),
                Words.text(request, "wish").toLowerCase(Locale.ROOT),
                Words.text(request, "address"),
                Words.text(request, "displayName"),
                day(Words.text(request, "askedAt")),
                day(Words.text(request, "expiresAt"))),
        "Nobody waits to join or to leave " + list + ".");
  }

  @Command(
      name = "decide",
      description = "Decides about requests.",
      mixinStandardHelpOptions = true)
  void decide(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(
              index = "1",
              paramLabel = "DECISION",
              description = "accept, reject, or discard, which tells nobody.")
          String decision,
      @Parameters(index = "2..*", arity = "1..*", paramLabel = "ID") List<String> ids,
      @Option(names = "--comment", defaultValue = "", description = "Told to who asked.")
          String comment) {
    Api api = answer.api();
    for (String id : ids) {
      JsonNode done =
          api.post(
              Api.path("lists", list, "requests", id),
              Api.object()
                  .put("decision", decision.toUpperCase(Locale.ROOT))
                  .put("comment", comment));
      answer.show(done, TextTable.clean(Words.text(done, "text")));
    }
  }

  private static void put(ObjectNode body, String name, @Nullable Boolean value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  @Command(
      name = "bounces",
      description = "To whom mail came back, and what follows.",
      mixinStandardHelpOptions = true)
  void bounces(
      @Mixin Answer answer, @Parameters(paramLabel = "LIST", description = LIST) String list) {
    Pages.show(
        answer,
        Api.path("lists", list, "bounces"),
        new TextTable("ADDRESS", "STATE", ">SCORE", "LAST", ">WARNINGS", "REASON"),
        (table, one) ->
            table.row(
                Words.text(one, "address"),
                Words.lower(one, "state"),
                one.path("score").asDouble(0),
                Words.text(one, "lastOn"),
                one.path("warnings").asInt(0),
                Words.text(one, "lastReason")),
        "No mail to members of " + list + " came back.");
  }

  @Command(
      name = "forget-bounces",
      description = "Forgets what came back; delivery goes on if it stopped for that.",
      mixinStandardHelpOptions = true)
  void forgetBounces(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "ADDRESS") List<String> addresses) {
    Api api = answer.api();
    for (String address : addresses) {
      answer.show(
          api.delete(Api.path("lists", list, "bounces", address)),
          "What came back from %s is forgotten.".formatted(address));
    }
  }

  @Command(
      name = "import",
      description = {
        "Adds everybody in a file: one address a line, or CSV with names.",
        "Lines that cannot be read are named; all others are taken. The same file again changes"
            + " nothing."
      },
      mixinStandardHelpOptions = true)
  int importFile(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(index = "1", paramLabel = "FILE") Path file,
      @Option(
              names = "--role",
              description = "member, owner, moderator, nonmember.",
              defaultValue = "member")
          String role) {
    ObjectNode report =
        new MemberUpload(answer.api(), list, role.toUpperCase(Locale.ROOT))
            .send(file, Progress.on(answer));
    answer.show(report, all -> print(answer.out(), list, all));
    return report.path("badLines").asInt() == 0 ? 0 : 1;
  }

  @Command(
      name = "export",
      description = "All members as CSV with a heading, which import reads again.",
      mixinStandardHelpOptions = true)
  void export(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(
              index = "1",
              arity = "0..1",
              paramLabel = "FILE",
              description = "Else to the terminal.")
          @Nullable Path file) {
    StringBuilder csv = new StringBuilder("address,name,roles,mode,delivery,language,via\n");
    answer
        .api()
        .eachItem(
            Api.path("lists", list, "members") + "?limit=1000",
            member -> csv.append(row(member)).append('\n'));
    if (file == null) {
      answer.out().print(csv);
      answer.out().flush();
      return;
    }
    try {
      Files.writeString(file, csv, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CliFailure("%s cannot be written: %s.".formatted(file, e), e);
    }
  }

  private static void print(PrintWriter out, String list, JsonNode report) {
    out.printf(
        "%d lines, %d members, %d of them new or changed on %s.%n",
        report.path("lines").asInt(),
        report.path("members").asInt(),
        report.path("changed").asInt(),
        list);
    int bad = report.path("badLines").asInt();
    if (bad > 0) {
      out.printf("%d lines could not be read:%n", bad);
      report
          .path("bad")
          .forEach(line ->
              out.printf(
                  "  line %d: %s%n",
                  line.path("line").asInt(), TextTable.clean(line.path("reason").asString(""))));
    }
  }

  private static String roles(JsonNode member) {
    return member
        .path("roles")
        .valueStream()
        .map(role -> role.asString("").toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String day(String instant) {
    return instant.length() > 10 ? instant.substring(0, 10) : instant;
  }

  private static String row(JsonNode member) {
    return Stream.of(
            Words.text(member, "address"),
            Words.text(member, "displayName"),
            Words.joined(member.path("roles"), " ").toLowerCase(Locale.ROOT),
            Words.lower(member, "mode"),
            !member.has("mode") ? "" : member.hasNonNull("stopped") ? "off" : "on",
            Words.text(member, "language"),
            Words.text(member, "via"))
        .map(MembersCommand::field)
        .collect(Collectors.joining(","));
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
