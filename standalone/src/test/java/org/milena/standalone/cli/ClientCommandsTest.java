package org.milena.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.mail.MailId;

/** The commands against a server that says what a test wants. */
class ClientCommandsTest {

  private final FakeServer server = new FakeServer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", server.url(), "--token", "secret"));
    return runPlain(all.toArray(String[]::new));
  }

  private int runPlain(String... arguments) {
    return Milena.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void aProblemBecomesOneSentenceAndExitCodeOne() {
    server.problem(404, "There is no list x@example.org.");
    assertThat(run("lists", "show", "x@example.org")).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("There is no list x@example.org.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsNamedWithTheWayToStartIt() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;
    assertThat(runPlain("lag", "--url", url, "--token", "x")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "Milena does not answer at " + url + ". Start it with: ./milena start");
  }

  @Test
  void anotherProgramOnThePortIsToldFromOurs() {
    server.answer(200, "text/html", "<html>hello</html>");
    assertThat(run("lag")).isEqualTo(1);
    assertThat(err.toString()).contains("no JSON: is that Milena?");
  }

  @Test
  void anAnswerWithoutReasonNamesItsStatus() {
    server.answer(502, "text/html", "<html>Bad Gateway</html>");
    assertThat(run("lag")).isEqualTo(1);
    assertThat(err.toString()).contains("answers with status 502");
  }

  @Test
  void aRefusedTokenSaysHowToGiveAnother() {
    server.problem(401, "This token is not known here.");
    assertThat(run("lists")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("This token is not known here. Give a token with --token or MILENA_TOKEN");
  }

  @Test
  void membersAreLookedForByWordsRoleAndDelivery() {
    server.json("{\"items\":[],\"next\":null}");
    assertThat(
            run(
                "members",
                "list",
                "l@example.org",
                "--search",
                "ann a",
                "--role",
                "owner",
                "--stopped"))
        .isZero();
    assertThat(server.asked.getFirst().line())
        .isEqualTo("GET /api/v1/lists/l%40example.org/members?q=ann%20a&role=OWNER&stopped=true");
    assertThat(out.toString()).contains("Nobody on l@example.org is like that.");
  }

  @Test
  void theTokenGoesAsBearer() {
    server.json("{\"items\":[],\"next\":null}");
    assertThat(run("lists")).isZero();
    assertThat(server.asked.getFirst().authorization()).isEqualTo("Bearer secret");
  }

  @Test
  void thePasswordOfTheDataFolderGoesAsBasic() throws IOException {
    Files.writeString(folder.resolve("admin-password"), "pw\n");
    server.json("{\"items\":[],\"next\":null}");
    assertThat(runPlain("lists", "--url", server.url(), "--data", folder.toString())).isZero();
    assertThat(server.asked.getFirst().authorization()).isEqualTo("Basic YWRtaW46cHc=");
  }

  @Test
  void allPagesAreReadAndShownAsOneTable() {
    server
        .json("{\"items\":[" + list("a@example.org") + "],\"next\":\"a/1\"}")
        .json("{\"items\":[" + list("b@example.org") + "],\"next\":null}");
    assertThat(run("lists")).isZero();
    assertThat(out.toString().lines()).hasSize(3);
    assertThat(out.toString()).contains("a@example.org", "b@example.org", "public");
    assertThat(server.asked.get(1).line()).isEqualTo("GET /api/v1/lists?after=a%2F1");
  }

  @Test
  void jsonIsWhatTheApiSaid() {
    server.json("{\"stages\":[{\"stage\":\"scanner\",\"lag\":3}],\"more\":1}");
    assertThat(run("lag", "--json")).isZero();
    assertThat(out.toString()).contains("\"more\" : 1", "\"lag\" : 3");
  }

  @Test
  void aLetterThatIsNotReplayedDoesNotStopTheOthers() {
    server.problem(409, "Dead letter 3 was replayed by eve already.").json("{\"id\":\"4\"}");
    assertThat(run("dead-letters", "replay", "3", "4")).isEqualTo(1);
    assertThat(out.toString()).isEqualToIgnoringNewLines("4 is on its way again.");
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("Dead letter 3 was replayed by eve already.");
    assertThat(server.asked.get(1).line()).isEqualTo("POST /api/v1/ops/dead-letters/4/replay");
  }

  @Test
  void whoseMailCameBackIsATable() {
    server.json(
        """
        {"items":[{"address":"bob@b.example","state":"STOPPED","score":0.0,"lastOn":"2026-03-05",
        "lastReason":"550 unknown","warnings":2}],"next":null}\
        """);
    assertThat(run("members", "bounces", "l@example.org")).isZero();
    assertThat(out.toString()).contains("bob@b.example", "stopped", "550 unknown");
    assertThat(server.asked.getFirst().line()).contains("/lists/l%40example.org/bounces");
  }

  @Test
  void anAddressIsSuppressedWithItsReason() {
    server.json("{\"address\":\"a@b.example\",\"reason\":\"asked\"}");
    assertThat(run("suppressions", "add", "a@b.example", "--reason", "asked")).isZero();
    assertThat(server.asked.getFirst().line()).startsWith("PUT /api/v1/suppressions/a");
  }

  @Test
  void lagIsATable() {
    server.json(
        """
        {"stages":[{"stage":"scanner","topic":"mail.received","lag":3,"oldestWaitingSeconds":400.0,
        "ratePerSecond":2.25}]}\
        """);
    assertThat(run("lag")).isZero();
    assertThat(out.toString().lines().skip(1))
        .containsExactly("scanner  mail.received        3   7 min       2.3");
  }

  @Test
  void whatStrangersWroteCannotDriveTheTerminal() {
    server.json(
        """
        {"items":[{"id":"1","list":"l@example.org","author":"\\u001b[31mred","subject":"a\\nb\\u202e",
        "reasons":["no member"],"heldAt":"2026-11-21T10:00:00Z"}],"next":null}\
        """);
    assertThat(run("held", "list", "l@example.org")).isZero();
    assertThat(out.toString()).doesNotContain("\u001b", "\u202e");
    assertThat(out.toString().lines()).hasSize(2);
  }

  @Test
  void settingsGoAsWhatTheyAreNow() {
    String list =
        """
        {"address":"l@example.org","settings":{"nonMemberAction":"HOLD","archived":true,\
        "maxSize":0,"bans":[],"subjectPrefix":"","replyToAddress":null}}\
        """;
    server.json(list).json(list);
    assertThat(
            run(
                "lists",
                "set",
                "l@example.org",
                "nonMemberAction=discard",
                "archived=no",
                "maxSize=100",
                "bans=eve@e.example,^spam",
                "subjectPrefix=[l] ",
                "name=Letters"))
        .isZero();
    assertThat(server.asked.getFirst().line()).isEqualTo("GET /api/v1/lists/l%40example.org");
    assertThat(server.asked.get(1).line()).isEqualTo("PATCH /api/v1/lists/l%40example.org");
    assertThat(server.asked.get(1).body())
        .contains(
            "\"nonMemberAction\":\"discard\"",
            "\"archived\":false",
            "\"maxSize\":100",
            "\"bans\":[\"eve@e.example\",\"^spam\"]",
            "\"subjectPrefix\":\"[l] \"",
            "\"displayName\":\"Letters\"");
  }

  @Test
  void whatWasSetIsShownAndNothingElse() {
    String list =
        """
        {"address":"l@example.org","displayName":"L","settings":{"archived":true,"maxSize":0,\
        "subjectPrefix":""}}\
        """;
    server.json(list).json(list);
    assertThat(run("lists", "set", "l@example.org", "maxSize=0", "subjectPrefix=")).isZero();
    assertThat(out.toString().lines().map(String::strip))
        .containsExactly(
            "list           l@example.org", "maxSize        0", "subjectPrefix  empty");
    server.json(list);
    out.getBuffer().setLength(0);
    assertThat(run("lists", "create", "l@example.org")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "Made l@example.org.", "All its settings: milena lists show l@example.org");
  }

  @Test
  void aPolicyIsSetPartByPartOrTakenAway() {
    String list =
        """
        {"address":"l@example.org","settings":{"suspectAction":"HOLD","scanPolicy":{"quorum":1,\
        "patience":"PT2H","unscannable":"ABSTAIN","encrypted":"PASS","macros":"HOLD",\
        "attachments":"KEEP","spam":"KEEP"}}}\
        """;
    server.json(list).json(list);
    assertThat(
            run(
                "lists",
                "set",
                "l@example.org",
                "scanPolicy.quorum=2",
                "scanPolicy.patience=none",
                "suspectAction=discard"))
        .isZero();
    assertThat(server.asked.get(1).body())
        .contains(
            "\"suspectAction\":\"discard\"",
            "\"scanPolicy\":{",
            "\"quorum\":2",
            "\"patience\":null");
    assertThat(out.toString())
        .containsPattern("scanPolicy\\.unscannable +abstain")
        .containsPattern("suspectAction +hold");

    server.json(list).json(list);
    assertThat(run("lists", "set", "l@example.org", "scanPolicy=site")).isZero();
    assertThat(server.asked.getLast().body()).contains("\"scanPolicy\":null");
    server.json(list);
    assertThat(run("lists", "set", "l@example.org", "scanPolicy=mine")).isEqualTo(1);
    assertThat(err.toString()).contains("part by part");
  }

  @Test
  void aListIsRenamedClosedAndLookedAt() {
    server.json("{\"text\":\"It is k@example.org now.\",\"changed\":1}");
    assertThat(run("lists", "rename", "l@example.org", "k@example.org")).isZero();
    assertThat(server.asked.getLast().line())
        .isEqualTo("POST /api/v1/lists/l%40example.org/rename");
    assertThat(server.asked.getLast().body())
        .isEqualTo("{\"address\":\"k@example.org\",\"formerDays\":365}");
    assertThat(out.toString()).contains("It is k@example.org now.");
    server.json("{\"text\":\"Closed.\",\"changed\":1}");
    assertThat(run("lists", "retire", "l@example.org")).isZero();
    server.answer(204, "application/json", "");
    assertThat(run("lists", "withdraw", "l@example.org", "all@example.org")).isZero();
    assertThat(server.asked.getLast().line())
        .isEqualTo("DELETE /api/v1/lists/l%40example.org/feeds/all%40example.org");
    server.json(
        """
        {"items":[{"at":"2026-11-21T10:00:00Z","actor":"ann","origin":"192.0.2.1",\
        "outcome":"refused","text":"Delete the list."}],"next":null}\
        """);
    assertThat(run("lists", "audit", "l@example.org")).isZero();
    assertThat(out.toString()).containsPattern("ann +192.0.2.1 +refused +Delete the list\\.");
  }

  @Test
  void sourcesAreShownFetchedAndAccepted() {
    server.json(
        """
        {"address":"l@example.org","sources":[\
        {"source":"@staff@example.org","list":"staff@example.org","gives":true,"fault":null},\
        {"source":"https://a.example/m?k=1","list":null,"gives":true,"fault":"It is gone.",\
        "faultSince":"2026-11-21T10:00:00Z","fetchedAt":"2026-11-20T10:00:00Z",\
        "addresses":400,"smaller":12}]}\
        """);
    assertThat(run("lists", "sources", "l@example.org")).isZero();
    assertThat(server.asked.getLast().line()).isEqualTo("GET /api/v1/lists/l%40example.org");
    assertThat(out.toString())
        .containsPattern("@staff@example.org +gives members")
        .contains("400 addresses", "only 12 wait", "It is gone. (since 2026-11-21T10:00:00Z)");
    server.json("{\"text\":\"It names 12 addresses.\",\"changed\":1}");
    assertThat(run("lists", "sources", "l@example.org", "--accept", "https://a.example/m?k=1"))
        .isZero();
    assertThat(server.asked.getLast().line())
        .isEqualTo(
            "POST /api/v1/lists/l%40example.org/sources/refresh"
                + "?url=https%3A%2F%2Fa.example%2Fm%3Fk%3D1&accept=true");
    assertThat(out.toString()).contains("It names 12 addresses.");
    server.json("{\"text\":\"Nothing is new.\",\"changed\":0}");
    assertThat(run("lists", "sources", "l@example.org", "--refresh", "https://a.example/m?k=1"))
        .isZero();
    assertThat(server.asked.getLast().line()).endsWith("&accept=false");
    assertThat(run("lists", "sources", "l@example.org", "--refresh", "a", "--accept", "b"))
        .isNotZero();
  }

  @Test
  void aDomainIsMadeAndTheSiteIsChanged() {
    String domain =
        """
        {"name":"x.example","description":"","owners":["ann"],"bans":[],"headerFilters":[]}\
        """;
    server.json(domain);
    assertThat(run("domains", "set", "x.example", "--owner", "ann")).isZero();
    assertThat(server.asked.getLast().line()).isEqualTo("PUT /api/v1/domains/x.example");
    assertThat(server.asked.getLast().body()).isEqualTo("{\"owners\":[\"ann\"]}");
    server.json(domain);
    assertThat(run("domains", "set", "*", "--ban", "^.*@spam")).isZero();
    assertThat(server.asked.getLast().line()).isEqualTo("PUT /api/v1/site");
    server.json("[" + domain + "]");
    assertThat(run("domains")).isZero();
    assertThat(out.toString()).containsPattern("x\\.example +ann");
  }

  @Test
  void anImportGoesInPartsAndItsReportsAreAddedUp() throws IOException {
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      file.append("m").append(i).append("@example.org\n");
    }
    Path members = Files.writeString(folder.resolve("members.txt"), file);
    server
        .json(report(4_000, 4_000, ""))
        .json(report(4_000, 3_999, "{\"line\":7,\"reason\":\"no address\"}"))
        .json(report(2_000, 2_000, ""));
    assertThat(run("members", "import", "l@example.org", members.toString())).isEqualTo(1);
    assertThat(server.asked).hasSize(3);
    assertThat(server.asked.getFirst().line())
        .isEqualTo("POST /api/v1/lists/l%40example.org/members/import?role=MEMBER");
    assertThat(server.asked.getLast().body().lines()).hasSize(2_000);
    assertThat(out.toString()).contains("10000 lines, 9999 members", "line 4007: no address");
  }

  @Test
  void aPostIsSentWithTheTextOfAFile() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "Hello all,\n\nÄnne\n");
    server.answer(202, "application/json", "{\"mailId\":\"m1\",\"messageId\":\"m1@example.org\"}");
    assertThat(
            run(
                "post",
                "l@example.org",
                "--subject",
                "Hi",
                "--text-file",
                text.toString(),
                "--from",
                "ann@a.example",
                "--in-reply-to",
                "<1@x>"))
        .isZero();
    assertThat(server.asked.getFirst().line())
        .isEqualTo("POST /api/v1/lists/l%40example.org/posts");
    assertThat(server.asked.getFirst().body())
        .isEqualTo(
            "{\"subject\":\"Hi\",\"text\":\"Hello all,\\n\\nÄnne\\n\","
                + "\"from\":\"ann@a.example\",\"inReplyTo\":\"<1@x>\"}");
    assertThat(out.toString()).contains("on its way as m1", "milena trace m1");
    assertThat(run("post", "l@example.org", "--subject", "Hi", "--text-file", "/nowhere/t"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("There is no file /nowhere/t.");
    assertThat(run("post", "l@example.org")).isEqualTo(2);
  }

  @Test
  void aPostThatFailedIsSentAgainUnderItsKey() throws IOException {
    String text = Files.writeString(folder.resolve("again.txt"), "Hello\n").toString();
    server.problem(503, "Kafka is away.");
    assertThat(run("post", "l@example.org", "--subject", "Hi", "--text-file", text)).isEqualTo(1);
    String key = server.asked.getFirst().key();
    assertThat(MailId.parse(key)).isPresent();
    assertThat(err.toString()).contains("Kafka is away.", "--key " + key);
    server.answer(202, "application/json", "{\"mailId\":\"m1\",\"messageId\":\"m1@example.org\"}");
    assertThat(run("post", "l@example.org", "--subject", "Hi", "--text-file", text, "--key", key))
        .isZero();
    assertThat(server.asked.getLast().key()).isEqualTo(key);
    server.problem(400, "from is no address.");
    assertThat(run("post", "l@example.org", "--subject", "Hi", "--text-file", text)).isEqualTo(1);
    assertThat(server.asked.getLast().key()).as("another post").isNotEqualTo(key);
    assertThat(err.toString()).doesNotContain(server.asked.getLast().key());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(run("members", "import", "l@example.org", "/nowhere/members.txt")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no file /nowhere/members.txt.");
  }

  @Test
  void aMessageIdGoesAsAParameter() {
    server.json("{\"items\":[]}");
    assertThat(run("trace", "<a/b@example.org>")).isZero();
    assertThat(server.asked.getFirst().line())
        .isEqualTo("GET /api/v1/trace?id=%3Ca%2Fb%40example.org%3E");
  }

  @Test
  void anUnwellServerIsStatusOne() {
    server
        .answer(
            503,
            "application/vnd.spring-boot.actuator.v3+json",
            "{\"status\":\"DOWN\",\"components\":{\"stages\":{\"status\":\"DOWN\",\"details\":{\"scanner\":\"Kafka"
                + " is away\"}}}}")
        .json("{\"stages\":[]}");
    assertThat(run("status")).isEqualTo(1);
    assertThat(out.toString()).contains("is down", "Kafka is away");
  }

  @Test
  void whatIsNotUnderstoodIsExitCodeTwo() {
    assertThat(runPlain("nonsense")).isEqualTo(2);
    assertThat(runPlain("lists", "show")).isEqualTo(2);
    assertThat(runPlain()).isEqualTo(2);
  }

  @Test
  void quarantineIsFilteredByTheServer() {
    server.json("{\"items\":[],\"next\":null}");
    assertThat(
            run("quarantine", "list", "--list", "l@example.org", "--verdict", "spam", "--text=a b"))
        .isZero();
    assertThat(server.asked.getFirst().line())
        .isEqualTo(
            "GET /api/v1/ops/quarantine?state=kept&list=l%40example.org&verdict=spam&text=a%20b");
  }

  @Test
  void aQuarantinedMailIsShownAsTextWhateverItsNamesAre() {
    server.json(
        """
        {"id":"m","state":"KEPT","author":"a\\u001b[31m","subject":"s\\u202e","size":3,
        "acts":[{"act":"DOWNLOADED","by":"eve","at":"2026-11-21T10:00:00Z","note":null}],
        "engines":[{"engine":"clamd","version":"1","verdict":"INFECTED","detail":"Eicar"}],
        "attachments":[{"name":"x\\u001b.exe","type":"t","size":3,"sha256":"ba78"}],
        "header":["Subject: \\u001b[2J"]}\
        """);
    assertThat(run("quarantine", "show", "m")).isZero();
    assertThat(out.toString())
        .doesNotContain("\u001b", "\u202e")
        .contains(
            "clamd (1) says infected Eicar", "SHA-256 ba78", "downloaded by eve", "Subject: ");
  }

  @Test
  void aDownloadIsWrittenAsItCameAndNeverOverAFile() throws IOException {
    Path file = folder.resolve("mail.zip");
    server.answer(200, "application/zip", "PK").answer(200, "application/zip", "PK");
    assertThat(run("quarantine", "download", "m", "--output", file.toString(), "--password=secret"))
        .isZero();
    assertThat(Files.readString(file)).isEqualTo("PK");
    assertThat(server.asked.getFirst().line()).isEqualTo("GET /api/v1/ops/quarantine/m/download");
    assertThat(run("quarantine", "download", "m", "--output", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("There is a file " + file + " already.");
  }

  @Test
  void aReleaseSaysWhetherItIsOneOrWaitsForASecondOperator() {
    server.json("{\"id\":\"m\",\"state\":\"KEPT\"}").json("{\"id\":\"n\",\"state\":\"RELEASED\"}");
    assertThat(run("quarantine", "release", "m", "n", "--despite", "--note", "fine")).isZero();
    assertThat(out.toString().lines())
        .containsExactly("m waits for a second operator to release it too.", "Released n.");
    assertThat(server.asked.getFirst().body()).isEqualTo("{\"despite\":true,\"note\":\"fine\"}");
  }

  @Test
  void aDeletionIsADelete() {
    server.json("{}");
    assertThat(run("quarantine", "delete", "m")).isZero();
    assertThat(server.asked.getFirst().line()).isEqualTo("DELETE /api/v1/ops/quarantine/m");
  }

  private static String list(String address) {
    return """
    {"id":"l","address":"%s","displayName":"L","description":"","members":2,"version":1,
    "settings":{"archiveAccess":"PUBLIC","subscribePolicy":"CONFIRM"},
    "createdAt":"2026-11-21T10:00:00Z"}\
    """
        .formatted(address);
  }

  private static String report(int lines, int members, String bad) {
    return "{\"lines\":%d,\"members\":%d,\"changed\":%d,\"badLines\":%d,\"bad\":[%s]}"
        .formatted(lines, members, members, bad.isEmpty() ? 0 : 1, bad);
  }
}
