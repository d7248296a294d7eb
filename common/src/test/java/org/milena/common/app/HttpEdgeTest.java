package org.milena.common.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.observation.SecurityObservationSettings;

/** What comes back for addresses that are nonsense, and for what may not or cannot be. */
class HttpEdgeTest extends HttpEdgeSite {

  /** Timing its filters cost more than they do, and filled the numbers that are served. */
  @Test
  void countsSignInsButNotTheFiltersOfEachRequest() {
    SecurityObservationSettings observed = context.getBean(SecurityObservationSettings.class);
    assertThat(observed.shouldObserveAuthentications()).isTrue();
    assertThat(observed.shouldObserveRequests()).isFalse();
    assertThat(observed.shouldObserveAuthorizations()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/lists;x=1",
        "/api//v1/lists",
        "/api/v1/lists/%25",
        "/api/v1/lists/a%2Fb",
        "/api/v1/lists/a%5Cb",
        "/api/v1/lists/%zz",
        "/api/v1/lists/a%00b",
        "/api/v1/lists/../x",
        "/api/v1/lists/%2e%2e/x",
        "/a%2Fb",
        "/x;y",
      })
  void answersAddressesThatAreRefused(String path) throws IOException {
    for (String authorization : List.of("", OPERATOR)) {
      Answer answer = get(path, authorization);
      problem(answer, 400, "request-refused");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/archive/l@x/a%2Fb@c/, 404",
    "/archive/l@x/a%2F%2Fb@c/, 404",
    "/archive/l@x/100%25@c/, 404",
    "/archive/l@x/a%5Cb@c/, 404",
    "/archive/l@x/a;b@c/, 404",
    "/thread.html/%3Ca%2Fb@c%3E, 404",
    "/archive/../manage/, 400",
    "/archive/%2e%2e/manage/, 400",
    "/archive/l@x//manage/, 400",
    "/archive/l@x/a%00b/, 400",
    "/archive/l@x/%zz/, 400",
    "/manage/archive/a%2Fb/, 400",
  })
  void takesMessageIdsWhereTheyBelong(String path, int status) throws IOException {
    assertThat(get(path, "Accept: text/html\r\n").status()).isEqualTo(status);
    if (status == 404) {
      String form = "application/x-www-form-urlencoded";
      assertThat(request("POST", path, "", form, "x=y").status()).isEqualTo(400);
    }
  }

  @Test
  void showsBrowsersAPage() throws IOException {
    for (String path : List.of("/a%2Fb", "/nothing", "/x;y")) {
      Answer answer = get(path, "Accept: text/html\r\n");
      assertThat(answer.header("Content-Type")).as(path).startsWith("text/html");
      assertThat(answer.body()).contains("<h1>").doesNotContain("Tomcat");
    }
  }

  @Test
  void says401ToNobody() throws IOException {
    for (Answer answer :
        List.of(
            get("/api/v1/probe", ""),
            get("/api/v1/nothing", ""),
            get("/api/v1/archive/conflict", ""),
            get("/api/v1/probe", basic("nobody")),
            get("/api/v1/probe", "Authorization: Bearer wrong\r\n"))) {
      problem(answer, 401, answer.json().get("code").asString());
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer").doesNotContain("Basic");
    }
  }

  /**
   * A challenge of every 401 (RFC 9110 section 11.6.1); none that opens a window for a password.
   */
  @Test
  void says401OnPagesWithAChallengeToo() throws IOException {
    for (String path : List.of("/closed", "/api/v1/archive/closed")) {
      for (String accept : List.of("text/html", "*/*")) {
        Answer answer = get(path, "Accept: " + accept + "\r\n");
        assertThat(answer.status()).as(path).isEqualTo(401);
        assertThat(answer.headers("WWW-Authenticate"))
            .as(path + " " + accept)
            .containsExactly("Bearer realm=\"milena\"");
      }
    }
  }

  @Test
  void saysOnceWhenToComeAgain() throws IOException {
    for (String accept : List.of("text/html", "*/*")) {
      String header = "Accept: " + accept + "\r\n";
      for (String path : List.of("/away", "/api/v1/archive/away")) {
        Answer away = get(path, header);
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.headers("Retry-After")).as(path + " " + accept).containsExactly("30");
      }
      for (String path : List.of("/busy", "/api/v1/archive/busy")) {
        Answer busy = get(path, header);
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.headers("Retry-After")).as(path + " " + accept).containsExactly("5");
      }
    }
  }

  @Test
  void says403ToOthersThanOperators() throws IOException {
    problem(get("/api/v1/probe", basic("bob")), 403, "forbidden");
  }

  @Test
  void says403WhereAFormLacksItsToken() throws IOException {
    problem(
        request("POST", "/manage/lists", "", "application/x-www-form-urlencoded", "a=b"),
        403,
        "forbidden");
  }

  @Test
  void says404() throws IOException {
    problem(get("/api/v1/nothing", OPERATOR), 404, "not-found");
    problem(get("/nothing", ""), 404, "not-found");
    problem(get("/error", ""), 404, "not-found");
  }

  @Test
  void says405AndWhatIsAllowed() throws IOException {
    Answer answer = request("DELETE", "/api/v1/probe", OPERATOR, "application/json", "");
    problem(answer, 405, "request-refused");
    assertThat(Set.of(answer.header("Allow").split(", *"))).contains("GET", "POST");
  }

  @Test
  void says406() throws IOException {
    problem(get("/api/v1/probe", OPERATOR + "Accept: image/png\r\n"), 406, "request-refused");
  }

  @Test
  void says415AndWhatIsTaken() throws IOException {
    Answer answer = request("POST", SUBSCRIBE, "", "text/plain", "hello");
    problem(answer, 415, "request-refused");
    assertThat(answer.header("Accept")).contains("application/json");
    problem(
        request("POST", SUBSCRIBE, "", "multipart/form-data; boundary=b", "--b--"),
        415,
        "request-refused");
  }

  /** Nobody takes it for the whole, and the log says once why it is not. */
  @Test
  void saysNothingBehindHalfAnAnswer() throws IOException {
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(said);
    try {
      Answer answer = get("/api/v1/half", OPERATOR);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).endsWith("half an answer\r\n").doesNotContain("problem");
    } finally {
      root.detachAppender(said);
    }
    assertThat(said.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains("the index is gone");
  }

  @Test
  void keepsItsInsidesToItself() throws IOException {
    problem(get("/api/v1/fails", OPERATOR), 500, "defect");
    problem(get("/api/v1/probe?limit=many", OPERATOR), 400, "invalid-parameter");
    Answer answer =
        request("POST", "/lists/form", "", "application/x-www-form-urlencoded", "role=KING");
    problem(answer, 400, "invalid-fields");
    assertThat(answer.json().get("detail").asString()).isEqualTo("role cannot be \"KING\".");
  }
}
