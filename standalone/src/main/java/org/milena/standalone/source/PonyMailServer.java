package org.milena.standalone.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pony Mail in the search engine it keeps its documents in, Elasticsearch or OpenSearch: Foal's
 * indices {@code PREFIX-mbox} and {@code PREFIX-source}, or the one index of Pony Mail before it.
 * Only reads.
 */
final class PonyMailServer implements PostSource {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Messages at once; all of them are in memory. */
  private static final int PAGE = 20;

  private final String url;
  private final String authorization;
  private final String prefix;
  private final String address;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  PonyMailServer(URI server, String prefix, String address) {
    String path = server.getRawPath() == null ? "" : server.getRawPath();
    this.url =
        server.getScheme()
            + "://"
            + server.getHost()
            + (server.getPort() < 0 ? "" : ":" + server.getPort())
            + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    this.authorization =
        server.getUserInfo() == null
            ? ""
            : "Basic "
                + Base64.getEncoder()
                    .encodeToString(server.getUserInfo().getBytes(StandardCharsets.UTF_8));
    this.prefix = prefix;
    this.address = address;
  }

  @Override
  public String name() {
    return "ponymail " + address;
  }

  /** Where documents are. */
  private record Place(String mbox, String source) {}

  private Place place() throws IOException {
    if (exists("/" + prefix + "-mbox")) {
      return new Place("/" + prefix + "-mbox", "/" + prefix + "-source");
    }
    if (exists("/" + prefix)) {
      return new Place("/" + prefix + "/mbox", "/" + prefix + "/mbox_source");
    }
    throw new UnfitSourceException(
        "The search engine at %s has no index %s-mbox of Pony Mail Foal, and none %s of Pony Mail."
            .formatted(url, prefix, prefix));
  }

  @Override
  public long size() throws IOException {
    JsonNode count = ask("POST", place().mbox() + "/_count", node().set("query", query()));
    return count.path("count").asLong(0);
  }

  private ObjectNode query() {
    ObjectNode query = node();
    query.putObject("term").put("list_raw", PonyMailPost.listId(address));
    return query;
  }

  private static ObjectNode node() {
    return PonyMailSource.MAPPER.createObjectNode();
  }

  @Override
  public void read(Receiver receiver) throws IOException {
    Place place = place();
    ObjectNode search = node().put("size", PAGE);
    search.set("query", query());
    search.putArray("sort").add("_doc");
    search
        .putArray("_source")
        .add("mid")
        .add("dbid")
        .add("private")
        .add("permalinks")
        .add("_archived_at");
    JsonNode page = ask("POST", place.mbox() + "/_search?scroll=10m", search);
    if (page.path("hits").path("hits").isEmpty()) {
      throw new UnfitSourceException(
          "Pony Mail at %s has no message to %s.".formatted(url, PonyMailPost.listId(address)));
    }
    long done = 0;
    try {
      while (!page.path("hits").path("hits").isEmpty()) {
        done += give(place, page.path("hits").path("hits"), receiver);
        receiver.progress(done);
        page =
            ask(
                "POST",
                "/_search/scroll",
                node().put("scroll", "10m").put("scroll_id", scroll(page)));
      }
    } finally {
      var unused = ask("DELETE", "/_search/scroll", node().put("scroll_id", scroll(page)));
    }
  }

  private static String scroll(JsonNode page) {
    return page.path("_scroll_id").asString("");
  }

  private int give(Place place, JsonNode hits, Receiver receiver) throws IOException {
    List<PonyMailPost> posts = new ArrayList<>();
    ObjectNode wanted = node();
    for (JsonNode hit : hits) {
      PonyMailPost post = PonyMailPost.of(hit.path("_id").asString(""), hit.path("_source"));
      posts.add(post);
      wanted.withArray("ids").add(post.id());
    }
    Map<String, JsonNode> sources = new HashMap<>();
    ask("POST", place.source() + "/_mget", wanted)
        .path("docs")
        .forEach(document -> sources.put(document.path("_id").asString(""), document));
    for (PonyMailPost post : posts) {
      JsonNode source = sources.get(post.id());
      if (source == null || !source.has("_source")) {
        receiver.odd(SourceOdd.MISSING, "document " + post.id(), "there is no source for it");
      } else {
        post.with(source.path("_source"))
            .ifPresentOrElse(
                receiver::post,
                () ->
                    receiver.odd(
                        SourceOdd.NOT_A_MESSAGE,
                        "document " + post.id(),
                        "a source without octets"));
      }
    }
    return posts.size();
  }

  private boolean exists(String path) throws IOException {
    int status = send("HEAD", path, BodyPublishers.noBody()).statusCode();
    if (status != 200 && status != 404) {
      throw new IOException("%s%s answers with status %d".formatted(url, path, status));
    }
    return status == 200;
  }

  private JsonNode ask(String method, String path, JsonNode body) throws IOException {
    HttpResponse<InputStream> answer = send(method, path, BodyPublishers.ofString(body.toString()));
    try (InputStream in = answer.body()) {
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(
            "%s%s answers with status %d".formatted(url, path, answer.statusCode()));
      }
      return PonyMailSource.MAPPER.readTree(in);
    } catch (JacksonException e) {
      throw new IOException(url + " answers with what is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private HttpResponse<InputStream> send(String method, String path, HttpRequest.BodyPublisher body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, body);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
