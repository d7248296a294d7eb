package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Elasticsearch of a standalone, asked for the size of the archive. */
public final class SearchEngine {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String POSTS = "milena-posts";
  private static final String RAW = "milena-raw";

  private final int port;

  SearchEngine(int port) {
    this.port = port;
  }

  /**
   * What lies on the disk.
   *
   * @param posts octets of what is searched
   * @param raw octets of the messages themselves
   */
  public record Size(long posts, long raw) {
    /** Both. */
    public long whole() {
      return posts + raw;
    }
  }

  /** As it is, with what merging would remove. */
  public Size size() {
    JsonNode unused = send("POST", "/" + POSTS + "," + RAW + "/_flush");
    unused = send("POST", "/" + POSTS + "," + RAW + "/_refresh");
    return new Size(size(POSTS), size(RAW));
  }

  /** After all is merged, as it becomes by itself on a site at rest, or nearly so. */
  public Size sizeMerged() {
    JsonNode unused = send("POST", "/" + POSTS + "," + RAW + "/_forcemerge?max_num_segments=1");
    return size();
  }

  /**
   * Of the segments that a search sees now. What lies there beside them is what a search of some
   * minutes ago saw, which is kept for its further pages.
   */
  private long size(String alias) {
    long size = 0;
    for (JsonNode segment : send("GET", "/_cat/segments/" + alias + "?format=json&bytes=b")) {
      size += Long.parseLong(segment.path("size").asString("0"));
    }
    return size;
  }

  private JsonNode send(String method, String path) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(LIMIT).method(method, BodyPublishers.noBody()).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new BenchmarkException(
            uri + " answers " + answer.statusCode() + ": " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(uri + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }
}
