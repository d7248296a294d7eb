package org.milena.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoListTest {
  private final FakeServer server = new FakeServer();

  @AfterEach
  void stop() {
    server.close();
  }

  /** Where names are looked up, its posts are disowned by the domain of documentation. */
  @Test
  void takesPostsWhoseAuthorsNobodyCanProve() {
    server.problem(404, "There is no list letters@lists.example.org.");
    for (int i = 0; i <= 1 + DemoPost.MEMBERS.size(); i++) {
      server.answer(200, "application/json", "{}");
    }
    new DemoList(
            new Api(server.url(), new Credentials.Token("secret")), "letters@lists.example.org")
        .prepare();
    assertThat(server.asked.get(1).line()).isEqualTo("POST /api/v1/lists");
    assertThat(server.asked.get(1).body())
        .contains("\"settings\":{\"disownedAction\":\"DEFER\",\"unprovenAction\":\"DEFER\"}");
  }
}
