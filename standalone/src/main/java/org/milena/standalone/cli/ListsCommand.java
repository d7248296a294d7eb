package org.milena.standalone.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena lists …}. */
@Command(
    name = "lists",
    description = "Shows, makes and changes lists.",
    mixinStandardHelpOptions = true)
final class ListsCommand implements Runnable {

  private static final String LIST = "The list's address.";
  private static final String SCAN_POLICY = "scanPolicy";

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all lists. */
  @Override
  public void run() {
    list(answer);
  }

  @Command(name = "list", description = "All lists.", mixinStandardHelpOptions = true)
  void list(@Mixin Answer answer) {
    Pages.show(
        answer,
        Api.path("lists"),
        new TextTable("LIST", "NAME", ">MEMBERS", "ARCHIVE", "JOINING"),
        (table, list) ->
            table.row(
                list.path("address").asString(""),
                list.path("displayName").asString(""),
                list.path("members").isNumber() ? list.path("members").asInt() : "",
                word(list.path("settings").path("archiveAccess")),
                word(list.path("settings").path("subscribePolicy"))),
        "There is no list yet. Make one with: milena lists create ADDRESS");
  }

  @Command(name = "show", description = "One list.", mixinStandardHelpOptions = true)
  void show(
      @Mixin Answer answer, @Parameters(paramLabel = "LIST", description = LIST) String list) {
    answer.show(answer.api().get(Api.path("lists", list)), found -> print(answer, found));
  }

  @Command(
      name = "create",
      description = "Makes a list: members post, others are held, joining is confirmed.",
      mixinStandardHelpOptions = true)
  void create(
      @Mixin Answer answer,
      @Parameters(paramLabel = "LIST", description = LIST) String list,
      @Option(names = "--name", description = "A few words.", defaultValue = "") String name,
      @Option(names = "--description", defaultValue = "") String description,
      @Option(names = "--owner", description = "Who runs it; may be given again.")
          @Nullable List<String> owners,
      @Option(names = "--set", paramLabel = "KEY=VALUE", description = "As in \"lists set\".")
          @Nullable Map<String, String> settings) {
    ObjectNode body = Api.object().put("address", list).put("description", description);
    if (!name.isEmpty()) {
      body.put("displayName", name);
    }
    if (owners != null) {
      ArrayNode all = body.putArray("owners");
      owners.forEach(all::add);
    }
    if (settings != null) {
      body.set("settings", settings(settings));
    }
    answer.show(
        answer.api().post(Api.path("lists"), body),
        made -> {
          answer.out().println("Made " + made.path("address").asString(list) + ".");
          print(answer, made);
        });
  }

  @Command(
      name = "set",
      description = {
        "Changes a list: name, description, or one of its settings.",
        "  subscribePolicy   open, confirm, closed",
        "  nonMemberAction   accept, hold, reject, discard",
        "  memberAction      defer (the rules decide), accept, hold, reject, discard",
        "  unprovenAction    a member's post without proof of its author: defer, hold, reject,"
            + " discard",
        "  disownedAction    a post that its author's domain disowns: the same words",
        "  suspectAction     a post that the spam filter would mark: the same words",
        "  archiveAccess     public, members",
        "  archived          true, false",
        "  maxSize           bytes; 0 for the site's limit",
        "  verp              true, false",
        "Operators only, what the scanner makes of the list's mail:",
        "  scanPolicy        site: as everywhere on the site",
        "  scanPolicy.quorum       how many antivirus engines must have found nothing; 0 for all",
        "  scanPolicy.patience     how long an engine that is out is waited for: PT2H; none for"
            + " ever",
        "  scanPolicy.unscannable  keep, abstain",
        "  scanPolicy.encrypted, .macros, .attachments, .spam   pass, hold, keep"
      },
      mixinStandardHelpOptions = true)
  void set(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST", description = LIST) String list,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE")
          Map<String, String> changes) {
    ObjectNode body = Api.object();
    take(changes, "name").forEach(value -> body.put("displayName", value));
    take(changes, "description").forEach(value -> body.put("description", value));
    if (!changes.isEmpty()) {
      ObjectNode settings = settings(changes);
      if (settings.path(SCAN_POLICY).isObject()) {
        layOver(answer.api().get(Api.path("lists", list)), settings);
      }
      body.set("settings", settings);
    }
    answer.show(
        answer.api().patch(Api.path("lists", list), body), changed -> print(answer, changed));
  }

  @Command(
      name = "delete",
      description = "Takes a list and its members away. Its archive stays.",
      mixinStandardHelpOptions = true)
  void delete(
      @Mixin Answer answer,
      @Parameters(paramLabel = "LIST", description = LIST) String list,
      @Option(names = "--yes", required = true, description = "Yes, I mean it.") boolean yes) {
    answer.show(answer.api().delete(Api.path("lists", list)), "Deleted " + list + ".");
  }

  private static List<String> take(Map<String, String> changes, String key) {
    String value = changes.remove(key);
    return value == null ? List.of() : List.of(value);
  }

  /** Words as the API writes them. */
  private static ObjectNode settings(Map<String, String> settings) {
    ObjectNode node = Api.object();
    settings.forEach((key, value) -> {
      switch (key) {
        case "archived", "verp" -> node.put(key, truth(key, value));
        case "maxSize" -> node.put(key, number(key, value));
        case SCAN_POLICY -> node.put("siteScanPolicy", site(value));
        case SCAN_POLICY + ".quorum" -> policy(node).put("quorum", number(key, value));
        case SCAN_POLICY + ".patience" ->
            policy(node).put("patience", value.equalsIgnoreCase("none") ? null : value);
        default -> {
          boolean policy = key.startsWith(SCAN_POLICY + ".");
          String name = policy ? key.substring(SCAN_POLICY.length() + 1) : key;
          (policy ? policy(node) : node).put(name, value.toUpperCase(Locale.ROOT));
        }
      }
    });
    return node;
  }

  private static ObjectNode policy(ObjectNode settings) {
    return settings.withObjectProperty(SCAN_POLICY);
  }

  /** The API takes a policy as a whole: what is not named stays as the list has it. */
  private static void layOver(JsonNode list, ObjectNode settings) {
    ObjectNode policy = policy(settings);
    list.path("settings")
        .path(SCAN_POLICY)
        .properties()
        .forEach(now -> policy.putIfAbsent(now.getKey(), now.getValue()));
  }

  private static boolean site(String value) {
    if (!value.equalsIgnoreCase("site")) {
      throw new CliFailure(
          "%s is site, or is set part by part: %s.quorum=2.".formatted(SCAN_POLICY, SCAN_POLICY));
    }
    return true;
  }

  private static boolean truth(String key, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new CliFailure("%s is true or false, not %s.".formatted(key, value));
    };
  }

  private static int number(String key, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new CliFailure("%s is a number, not %s.".formatted(key, value), e);
    }
  }

  private static void print(Answer answer, JsonNode list) {
    Facts facts =
        new Facts()
            .add("list", list.path("address"))
            .add("name", list.path("displayName"))
            .add("description", list.path("description"))
            .add("list id", list.path("id"))
            .add("members", list.path("members"));
    list.path("settings")
        .properties()
        .forEach(setting -> {
          if (setting.getValue().isObject()) {
            setting
                .getValue()
                .properties()
                .forEach(part ->
                    facts.add(setting.getKey() + "." + part.getKey(), word(part.getValue())));
          } else {
            facts.add(setting.getKey(), word(setting.getValue()));
          }
        });
    facts.add("made", list.path("createdAt")).print(answer.out());
  }

  private static String word(JsonNode value) {
    return value.asString("").toLowerCase(Locale.ROOT);
  }
}
