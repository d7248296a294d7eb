package org.milena.standalone.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.milena.standalone.source.PostSource;
import org.milena.standalone.source.SourceOdd;
import org.milena.standalone.source.SourcePost;
import org.milena.standalone.source.UnfitSourceException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An archive on its way to a list: some hundred messages a request, the next of which are read
 * while the last are on their way. So the progress shown is what the server has for good.
 */
final class PostUpload implements PostSource.Receiver {
  private static final String TYPE = "application/x-milena-posts";
  private static final int PARCEL_POSTS = 500;
  private static final int PARCEL_OCTETS = 4 << 20;
  private static final byte[] LINE_END = {'\n'};
  private static final int TRIES = 8;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Api api;
  private final String path;
  private final UploadReport report;
  private final UploadProgress progress;
  private final ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor();

  /** Parts of a body: for each message its line, its octets, and a line end. */
  private List<byte[]> parcel = new ArrayList<>();

  private int posts;
  private long octets;
  private long read;
  private @Nullable Future<JsonNode> underway;

  /**
   * @param takePrivate whether a public archive takes what the other one kept from the public
   */
  PostUpload(
      Api api,
      String list,
      String from,
      boolean dryRun,
      boolean takePrivate,
      UploadReport report,
      UploadProgress progress) {
    this.api = api;
    this.path =
        Api.path("archive", list, "import")
            + "?from="
            + Api.escape(from)
            + "&run="
            + UUID.randomUUID()
            + "&dryRun="
            + dryRun
            + "&private="
            + takePrivate
            + "&last=";
    this.report = report;
    this.progress = progress;
  }

  /** Sends all of it. */
  void send(PostSource source) {
    try (sender) {
      // nothing: so that a list that is not there is found out before an hour of reading
      var unused = api.postLarge(path + false, List.of(), TYPE);
      progress.begin(source.size());
      try {
        source.read(this);
      } catch (IOException e) {
        if (read > 0) {
          flush(true);
        }
        throw e;
      }
      flush(true);
    } catch (UnfitSourceException e) {
      throw new CliFailure(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CliFailure(
          "%s cannot be read on after %,d messages, which are imported: %s."
              .formatted(source.name(), read, e),
          e);
    } finally {
      progress.end();
    }
  }

  @Override
  public void post(SourcePost post) {
    ObjectNode head = Api.object().put("size", post.raw().size());
    head.put("place", post.place().length() > 300 ? post.place().substring(0, 300) : post.place());
    if (post.receivedAt() != null) {
      head.put("receivedAt", post.receivedAt().toString());
    }
    if (post.isPrivate()) {
      head.put("private", true);
    }
    post.urls().forEach(url -> head.withArray("urls").add(url));
    post.keys().forEach(key -> head.withArray("keys").add(key));
    parcel.add((head + "\n").getBytes(StandardCharsets.UTF_8));
    parcel.add(post.raw().unsafeBytes());
    parcel.add(LINE_END);
    posts++;
    read++;
    octets += post.raw().size();
    if (posts == PARCEL_POSTS || octets >= PARCEL_OCTETS) {
      flush(false);
    }
  }

  @Override
  public void odd(SourceOdd kind, String place, String text) {
    report.odd(kind, place, text);
  }

  @Override
  public void progress(long done) {
    progress.at(done, report);
  }

  private void flush(boolean last) {
    settle();
    List<byte[]> body = parcel;
    parcel = new ArrayList<>();
    posts = 0;
    octets = 0;
    underway = sender.submit(() -> send(body, last));
    if (last) {
      settle();
    }
  }

  private void settle() {
    Future<JsonNode> parcelUnderway = underway;
    if (parcelUnderway == null) {
      return;
    }
    underway = null;
    try {
      report.add(parcelUnderway.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CliFailure failure) {
        throw new CliFailure(
            failure.getMessage() + " Run the same command again: what is there is not sent twice.",
            failure);
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure("Interrupted. Run the same command again to go on.", e);
    }
  }

  /** What the server cannot take now it may take later: its index may be behind. */
  private JsonNode send(List<byte[]> body, boolean last) {
    Duration pause = Duration.ofSeconds(1);
    for (int tries = 1; ; tries++) {
      try {
        return api.postLarge(path + last, body, TYPE);
      } catch (CliFailure.Unavailable e) {
        if (tries == TRIES) {
          throw e;
        }
        progress.say(String.valueOf(e.getMessage()));
        LockSupport.parkNanos(pause.toNanos());
        pause = pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
          pause = LONGEST_PAUSE;
        }
      }
    }
  }
}
