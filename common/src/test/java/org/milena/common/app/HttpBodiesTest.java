package org.milena.common.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.web.BodyLimitFilter;

/** What comes back for bodies that are too large, wrong, or nonsense. */
class HttpBodiesTest extends HttpEdgeSite {

  @Test
  void takesWhatIsRight() throws IOException {
    assertThat(post(SUBSCRIBE, "", "{'address':'a@b.example','displayName':'A'}").status())
        .isEqualTo(200);
    assertThat(get("/api/v1/probe", OPERATOR).status()).isEqualTo(200);
  }

  @Test
  void refusesABodyThatSaysItIsTooLarge() throws IOException {
    // refused by its length alone: nothing is sent behind the header
    Answer answer =
        ask(
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(SUBSCRIBE, BodyLimitFilter.JSON + 1));
    problem(answer, 413, "too-large");
    assertThat(answer.json().get("detail").asString()).contains("65,536");
  }

  @ParameterizedTest
  @CsvSource({"POST,application/json", "PUT,application/x-www-form-urlencoded"})
  void countsABodyThatDoesNotSayHowLargeItIs(String method, String type) throws IOException {
    String path = method.equals("POST") ? SUBSCRIBE : "/api/v1/probe";
    problem(chunked(method, path, type, "{\"displayName\":\"", 200_000), 413, "too-large");
  }

  @Test
  void countsInsideANestedValueToo() throws IOException {
    problem(
        chunked("POST", SUBSCRIBE, "application/json", "{\"settings\":{\"x\":\"", 200_000),
        413,
        "too-large");
  }

  @Test
  void takesABodyOfJustTheLimit() throws IOException {
    String frame = "{\"displayName\":\"\"}";
    String name = "x".repeat(BodyLimitFilter.JSON - frame.length());
    assertThat(post(SUBSCRIBE, "", "{\"displayName\":\"" + name + "\"}").status()).isEqualTo(200);
    problem(post(SUBSCRIBE, "", "{\"displayName\":\"" + name + "x\"}"), 413, "too-large");
  }

  @Test
  void takesMoreOfMembersThanOfOthers() throws IOException {
    assertThat(chunkedAs(OPERATOR, "POST", IMPORT, "text/plain", "a@b.example\n", 300_000).status())
        .isEqualTo(200);
    problem(
        ask(
            "POST %s HTTP/1.1\r\nHost: x\r\n%sContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
                .formatted(IMPORT, OPERATOR, BodyLimitFilter.MEMBERS + 1L)),
        413,
        "too-large");
  }

  @Test
  void takesNoLargeForm() throws IOException {
    String type = "application/x-www-form-urlencoded";
    assertThat(request("POST", "/lists/form", "", type, "text=" + "x".repeat(100_000)).body())
        .isEqualTo("100000");
    assertThat(request("POST", "/lists/form", "", type, "text=" + "x".repeat(300_000)).status())
        .isEqualTo(413);
    assertThat(chunked("POST", "/lists/form", type, "text=", 300_000).status()).isEqualTo(413);
  }

  @Test
  void readsMoreOfAPostThatIsWrittenInAForm() throws IOException {
    String type = "application/x-www-form-urlencoded";
    String path = "/lists/users@lists.example/post";
    String text = "text=" + "x".repeat(BodyLimitFilter.POST - 5);
    // read, and refused for want of the form's token only
    problem(request("POST", path, "", type, text), 403, "forbidden");
    problem(chunked("POST", path, type, "text=", 2_000_000), 403, "forbidden");
    problem(
        ask(
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, type, BodyLimitFilter.POST + 1)),
        413,
        "too-large");
    problem(chunked("POST", path, type, "text=", 2_200_000), 413, "too-large");
    problem(request("PUT", path, "", type, "text=" + "x".repeat(300_000)), 413, "too-large");
  }

  @Test
  void tellsABrowserInAPageThatItsFormIsTooLarge() throws IOException {
    Answer answer =
        request(
            "POST",
            "/lists/form",
            "Accept: text/html\r\n",
            "application/x-www-form-urlencoded",
            "text=" + "x".repeat(300_000));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("Content-Type")).startsWith("text/html");
    assertThat(answer.body()).contains("<h1>", "Go back");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'address':'no address'} | address cannot be read",
        "{'owners':['a@b.example','x']} | owners[1] cannot be read",
        "{'settings':{'role':'KING'}} | settings.role cannot be \"KING\": it is one of MEMBER,"
            + " OWNER",
        "{'settings':{'maxSize':'big'}} | settings.maxSize cannot be \"big\": it is a number",
        "{'settings':{'maxSize':99999999999}} | settings.maxSize is out of range: it is a number",
        "{'settings':{'verp':'maybe'}} | settings.verp cannot be \"maybe\": it is true or false",
        "{'settings':[]} | settings is of the wrong kind: it is an object",
        "{'owners':'x'} | owners is of the wrong kind: it is a list",
        "{'displayName':{}} | displayName is of the wrong kind: it is a text",
        "[] | The body is of the wrong kind: it is an object",
        "{'address': | The body is no JSON, seen at line 1, column",
        "nonsense | The body is no JSON",
        "'' | The request has no body",
      })
  void saysWhatIsWrongWithABody(String body, String sentence) throws IOException {
    Answer answer = post(SUBSCRIBE, "", body);
    problem(answer, 400, "unreadable-body");
    assertThat(answer.json().get("detail").asString()).startsWith(sentence);
  }
}
