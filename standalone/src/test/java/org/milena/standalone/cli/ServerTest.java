package org.milena.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {

  @TempDir Path folder;

  private Server server(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("MILENA_DATA", folder.toString());
    return new Server(all);
  }

  @Test
  void theUrlIsTheVariablesFirst() {
    assertThat(server(Map.of("MILENA_URL", "https://lists.example.org/")).url())
        .isEqualTo("https://lists.example.org");
    assertThat(server(Map.of("MILENA_HTTP_PORT", "9999")).url()).isEqualTo("http://127.0.0.1:9999");
  }

  @Test
  void elseWhatTheRunningServerWroteDown() throws IOException {
    Files.writeString(folder.resolve(Server.RUN_FILE), "http.url=http\\://127.0.0.1\\:7\n");
    assertThat(server(Map.of()).url()).isEqualTo("http://127.0.0.1:7");
    assertThat(server(Map.of()).fact("http.url")).contains("http://127.0.0.1:7");
  }

  @Test
  void elseTheUsualPort() {
    assertThat(server(Map.of()).url()).isEqualTo("http://127.0.0.1:8080");
  }

  @Test
  void secretsAreNotShown() {
    assertThat(new Credentials.Token("geheim").toString()).doesNotContain("geheim");
    assertThat(new Credentials.Password("admin", "geheim").toString()).doesNotContain("geheim");
  }
}
