package org.milena.listexpander.migration.mailman3.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.milena.common.event.MailJson;
import org.milena.listexpander.migration.mailman3.Mailman3;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks over HTTP, with the name and password of Mailman's {@code [webservice]} section. */
public final class Mailman3Client implements Mailman3 {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int MAX_BODY = 64 << 20;
  private static final List<String> VERSIONS = List.of("3.1", "3.0");

  private final HttpClient http;
  private final String base;
  private final String authorization;

  private Mailman3Client(HttpClient http, String base, String authorization) {
    this.http = http;
    this.base = base;
    this.authorization = authorization;
  }

  /** Opens the newest version of the API that is there. */
  public static Mailman3 open(URI url, String user, String password) throws IOException {
    String scheme = String.valueOf(url.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
      throw new IOException("The URL of Mailman begins with http:// or https:// and a host.");
    }
    String base = url.toString().replaceAll("(?:/3\\.[01])?/*$", "");
    String authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    for (String version : VERSIONS) {
      Mailman3Client client = new Mailman3Client(http, base + "/" + version + "/", authorization);
      if (client.get("system/versions").isPresent()) {
        return client;
      }
    }
    throw new IOException("There is no API of Mailman 3 at " + base + ".");
  }

  @Override
  public Optional<JsonNode> get(String path) throws IOException {
    HttpResponse<InputStream> answer = send(path);
    try (InputStream body = answer.body()) {
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(json(path, body.readNBytes(MAX_BODY + 1)));
        case 404 -> Optional.empty();
        case 400 -> throw new NotUnderstoodException("Mailman does not understand " + path + ".");
        case 401 -> throw new IOException("Mailman does not know this user and password.");
        default ->
            throw new IOException(
                "Mailman answers %s with status %d.".formatted(path, answer.statusCode()));
      };
    }
  }

  private HttpResponse<InputStream> send(String path) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(base + path))
              .timeout(ANSWER)
              .header("Authorization", authorization)
              .header("Accept", "application/json")
              .build(),
          BodyHandlers.ofInputStream());
    } catch (IllegalArgumentException e) {
      throw new IOException("This is no URL of Mailman: " + base + path + ".", e);
    } catch (HttpTimeoutException e) {
      throw new IOException("Mailman takes too long to answer " + path + ".", e);
    } catch (ConnectException e) {
      throw new IOException("Mailman does not answer at " + base + ".", e);
    } catch (IOException e) {
      throw new IOException("Mailman ends the connection, asked for " + path + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted.", e);
    }
  }

  private static JsonNode json(String path, byte[] body) throws IOException {
    if (body.length > MAX_BODY) {
      throw new IOException("Mailman's answer to " + path + " is too large.");
    }
    try {
      return MailJson.mapper().readTree(body);
    } catch (JacksonException e) {
      throw new IOException("What answers to " + path + " is no Mailman: it is no JSON.", e);
    }
  }
}
