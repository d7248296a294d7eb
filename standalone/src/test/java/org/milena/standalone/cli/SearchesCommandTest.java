package org.milena.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchesCommandTest {
  private static final String KEPT =
      """
      {"items":[
        {"id":"i1","name":"Café / Mine","q":"a b","query":"a b","place":"OPEN",
         "list":"u@e.org","listId":"u.e.org","sort":"oldest","threads":true,
         "url":"/archive/search?q=a+b"},
        {"id":"i2","name":"Old","q":"x","query":"x","place":"GONE","list":null,
         "listId":"gone.e.org","sort":null,"threads":false,"url":null}]}
      """;
  private static final String PATH = "/api/v1/archive/searches";

  private final FakeServer server = new FakeServer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", server.url(), "--token", "secret"));
    return Milena.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private List<String> asked() {
    return server.asked.stream().map(one -> (one.line() + " " + one.body()).strip()).toList();
  }

  @Test
  void showsThemAndWhatIsWrongWithTheirLists() {
    server.json(KEPT);
    assertThat(run("searches")).isZero();
    assertThat(asked()).containsExactly("GET " + PATH);
    assertThat(out.toString())
        .containsPattern("Café / Mine +a b +u@e\\.org +oldest +one of each +/archive/search")
        .containsPattern("Old +x +gone\\.e\\.org \\(gone\\)")
        .doesNotContain("null");
  }

  @Test
  void keepsOne() {
    server.json("{\"id\":\"i1\"}");
    assertThat(
            run(
                "searches",
                "keep",
                "Mine",
                "s:release",
                "f:anna",
                "--list",
                "u@e.org",
                "--sort",
                "newest",
                "--threads"))
        .isZero();
    assertThat(asked())
        .containsExactly(
            "PUT "
                + PATH
                + " {\"name\":\"Mine\",\"q\":\"s:release f:anna\",\"list\":\"u@e.org\","
                + "\"sort\":\"newest\",\"threads\":true}");
    assertThat(out.toString()).contains("The search is kept.");
    server.problem(400, "Nothing closes this bracket.");
    assertThat(run("searches", "keep", "Mine", "(a")).isNotZero();
    assertThat(err.toString()).contains("Nothing closes this bracket.");
  }

  @Test
  void findsOneByItsNameHoweverThatIsWritten() {
    server.json(KEPT).json("{\"id\":\"i1\"}").json(KEPT).answer(204, "application/json", "");
    assertThat(run("searches", "rename", "CAFE\u0301 / mine", "Other")).isZero();
    assertThat(run("searches", "remove", "old")).isZero();
    assertThat(asked())
        .containsExactly(
            "GET " + PATH,
            "PATCH " + PATH + "/i1 {\"name\":\"Other\"}",
            "GET " + PATH,
            "DELETE " + PATH + "/i2");
    server.json(KEPT);
    assertThat(run("searches", "remove", "old", "nothing")).isNotZero();
    assertThat(err.toString()).contains("You keep no search nothing.");
    assertThat(asked()).as("none is removed where one is not there").hasSize(5);
  }

  @Test
  void runsOneAsItIsKept() {
    server
        .json(KEPT)
        .json("{\"items\":[],\"next\":null,\"total\":0,\"totalIsExact\":true}")
        .json(KEPT);
    assertThat(run("searches", "run", "café / mine", "--limit", "5")).isZero();
    assertThat(asked().getLast())
        .isEqualTo(
            "GET /api/v1/archive/search?q=a%20b&list=u%40e.org&sort=oldest&threads=true&limit=5");
    assertThat(out.toString()).contains("Nothing was found.");
    assertThat(run("searches", "run", "Old")).isNotZero();
    assertThat(err.toString()).contains("The list of this search is not there any more.");
  }
}
