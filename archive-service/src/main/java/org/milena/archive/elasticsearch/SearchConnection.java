package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch.core.MgetRequest;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.get.GetResult;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.transport.rest_client.RestClientOptions;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import co.elastic.clients.util.ObjectBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.http.ContentTooLongException;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailJson;
import org.milena.common.failure.OutageException;

/**
 * The way to a cluster, and the one place that tells an outage from a defect.
 *
 * <p>An outage is: no answer, 429 (too much at once, disk full), 502, 503, 504, and what means the
 * same where only a part of an answer fails. Everything else that is no success is our fault. Half
 * an answer is none.
 */
public final class SearchConnection implements AutoCloseable {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);

  /** For what nobody waits for: writing, making and removing indices. */
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);

  /** For searches and look-ups: who reads is told rather than left waiting. */
  private static final Duration READING_PATIENCE = Duration.ofSeconds(20);

  /** A page of a search takes two at a time, and so does an import; who finds none free waits. */
  private static final int CONNECTIONS = 30;

  /**
   * What the cluster calls it where one document of many is not read now: its shard or the node is
   * away, or too much is asked at once. There is no status then that would tell.
   */
  private static final Set<String> OUTAGES =
      Set.of(
          "no_shard_available_action_exception",
          "unavailable_shards_exception",
          "illegal_index_shard_state_exception",
          "shard_not_found_exception",
          "cluster_block_exception",
          "circuit_breaking_exception",
          "es_rejected_execution_exception",
          "node_closed_exception",
          "node_not_connected_exception",
          "node_disconnected_exception",
          "receive_timeout_transport_exception");

  /** A request that may fail. */
  @FunctionalInterface
  interface Request<T> {
    T send(ElasticsearchClient client) throws IOException;
  }

  /** The answer has more octets than it may have. */
  static final class AnswerTooLongException extends Exception {
    private static final long serialVersionUID = 1;

    private AnswerTooLongException(String doing, Throwable cause) {
      super("the answer is too long (" + doing + ")", cause);
    }
  }

  private final URI uri;
  private final RestClient rest;
  private final ElasticsearchClient client;
  private final ElasticsearchClient reader;
  private final RequestConfig reading;
  private final Timer answered;
  private final Timer refused;
  private final Timer outages;

  /**
   * @param uri of the cluster, with user and password in it where it wants them
   * @param strict whether a request that the server calls deprecated fails; for tests
   */
  public SearchConnection(URI uri, boolean strict, MeterRegistry meters) {
    this(uri, strict, meters, READING_PATIENCE);
  }

  /**
   * @param patience with searches and look-ups
   */
  SearchConnection(URI uri, boolean strict, MeterRegistry meters, Duration patience) {
    this.uri = uri;
    this.reading = patience(RequestConfig.custom(), patience).build();
    this.answered = timer(meters, "answered");
    this.refused = timer(meters, "refused");
    this.outages = timer(meters, "outage");
    int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 9200;
    RestClientBuilder builder =
        RestClient.builder(new HttpHost(uri.getHost(), port, uri.getScheme()))
            .setStrictDeprecationMode(strict)
            .setRequestConfigCallback(config -> patience(config, ANSWER_PATIENCE))
            .setHttpClientConfigCallback(
                http -> http.setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS));
    String path = uri.getPath();
    if (path != null && path.length() > 1) {
      builder.setPathPrefix(path);
    }
    if (uri.getUserInfo() != null) {
      String credentials =
          Base64.getEncoder().encodeToString(uri.getUserInfo().getBytes(StandardCharsets.UTF_8));
      builder.setDefaultHeaders(
          new Header[] {new BasicHeader("Authorization", "Basic " + credentials)});
    }
    this.rest = builder.build();
    this.client =
        new ElasticsearchClient(
            new RestClientTransport(rest, new Jackson3JsonpMapper(MailJson.mapper())));
    this.reader =
        client.withTransportOptions(
            new RestClientOptions(
                RequestOptions.DEFAULT.toBuilder().setRequestConfig(reading).build(), false));
  }

  /** Also with the others whose requests are under way, when there are as many as may be. */
  private static RequestConfig.Builder patience(RequestConfig.Builder config, Duration answer) {
    return config
        .setConnectTimeout((int) CONNECT_PATIENCE.toMillis())
        .setConnectionRequestTimeout((int) answer.toMillis())
        .setSocketTimeout((int) answer.toMillis());
  }

  /**
   * Sends a request.
   *
   * @param doing what it is for: {@code "searching"}
   * @throws OutageException when waiting may help
   * @throws IllegalStateException when the cluster refuses it
   */
  <T> T call(String doing, Request<T> request) {
    return send(doing, client, request);
  }

  /**
   * The same for what somebody waits for, who hears sooner that there is no answer.
   *
   * @throws OutageException when waiting may help
   * @throws IllegalStateException when the cluster refuses it
   */
  <T> T ask(String doing, Request<T> request) {
    return send(doing, reader, request);
  }

  private <T> T send(String doing, ElasticsearchClient through, Request<T> request) {
    long began = System.nanoTime();
    Timer result = outages;
    try {
      T answer = request.send(through);
      result = answered;
      return answer;
    } catch (ElasticsearchException e) {
      if (isOutage(e.status())) {
        throw new OutageException("the search engine cannot serve (" + doing + ")", e);
      }
      result = refused;
      throw new IllegalStateException("the search engine refuses " + doing + ": " + e, e);
    } catch (TransportException e) {
      if (isOutage(e.statusCode())) {
        throw new OutageException("the search engine cannot serve (" + doing + ")", e);
      }
      result = refused;
      throw new IllegalStateException(
          "the search engine answers " + doing + " with what we do not understand: " + e, e);
    } catch (ResponseException e) {
      // what the low-level client takes for a dead host, it does not hand on to the one above
      if (isOutage(e.getResponse().getStatusLine().getStatusCode())) {
        throw new OutageException("the search engine cannot serve (" + doing + ")", e);
      }
      result = refused;
      throw new IllegalStateException("the search engine refuses " + doing + ": " + e, e);
    } catch (IOException e) {
      if (isTooLong(e)) {
        result = answered; // and broken off by us
      }
      throw new OutageException(
          "the search engine at " + uri.getHost() + " does not answer (" + doing + ")", e);
    } catch (RuntimeException e) {
      // so the low-level client says that no connection was given back in time
      if (e.getCause() instanceof TimeoutException) {
        throw new OutageException(
            "the search engine at " + uri.getHost() + " answers none of the others (" + doing + ")",
            e);
      }
      throw e;
    } finally {
      result.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Searches, in all shards: where one of them is away, what the others find is no answer.
   *
   * @throws OutageException when waiting may help
   * @throws IllegalStateException when the cluster refuses it
   */
  <T> SearchResponse<T> search(
      String doing,
      Function<SearchRequest.Builder, ObjectBuilder<SearchRequest>> which,
      Class<T> type) {
    SearchRequest request =
        which.apply(new SearchRequest.Builder().allowPartialSearchResults(false)).build();
    return ask(doing, client -> client.search(request, type));
  }

  /**
   * Reads documents by their ids, in one request.
   *
   * @param which index and ids
   * @return one for each id; without a source where nothing has that id
   * @throws OutageException when waiting may help; also when it may for one of them
   * @throws IllegalStateException when the cluster refuses it or one of them, or has no such index
   */
  <T> List<GetResult<T>> documents(
      String doing, UnaryOperator<MgetRequest.Builder> which, Class<T> type) {
    MgetRequest request = which.apply(new MgetRequest.Builder()).build();
    return ask(doing, client -> client.mget(request, type)).docs().stream()
        .map(item -> read(doing, item))
        .toList();
  }

  /** The answer has no status for one document, only the name of what went wrong. */
  private static <T> GetResult<T> read(String doing, MultiGetResponseItem<T> item) {
    if (item.isResult()) {
      return item.result();
    }
    ErrorCause error = item.failure().error();
    String what = doing + ": " + error.type() + ", " + error.reason();
    if (OUTAGES.contains(String.valueOf(error.type()))) {
      throw new OutageException("the search engine cannot serve (" + what + ")");
    }
    throw new IllegalStateException("the search engine refuses " + what);
  }

  /**
   * Asks likewise for what may be longer than there is room for. It is broken off then.
   *
   * @param octets that the answer may have
   * @throws AnswerTooLongException when it has more
   * @throws OutageException when waiting may help
   * @throws IllegalStateException when the cluster refuses it
   */
  <T> T askWithin(int octets, String doing, Request<T> request) throws AnswerTooLongException {
    ShortAnswers answers = new ShortAnswers(octets, reading);
    try {
      return call(doing, client -> request.send(client.withTransportOptions(answers.options())));
    } catch (OutageException e) {
      if (answers.wereTooLong()) {
        throw new AnswerTooLongException(doing, e);
      }
      throw e;
    }
  }

  private static Timer timer(MeterRegistry meters, String result) {
    return Timer.builder("milena.archive.elasticsearch")
        .description("requests to the search engine")
        .tag("result", result)
        .register(meters);
  }

  private static boolean isTooLong(@Nullable Throwable failure) {
    return failure instanceof ContentTooLongException
        || (failure != null && isTooLong(failure.getCause()));
  }

  /** Whether an answer with this status may be another one later. */
  static boolean isOutage(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /** Health of the cluster: {@code green}, {@code yellow} or {@code red}. */
  public String health() {
    return call("asking for its health", client -> client.cluster().health()).status().jsonValue();
  }

  /** Closes all connections. */
  @Override
  public void close() throws IOException {
    rest.close();
  }
}
