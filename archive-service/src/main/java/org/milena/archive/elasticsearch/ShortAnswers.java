package org.milena.archive.elasticsearch;

import co.elastic.clients.transport.rest_client.RestClientOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.http.ContentTooLongException;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.elasticsearch.client.HeapBufferedAsyncResponseConsumer;
import org.elasticsearch.client.RequestOptions;

/**
 * Answers of no more than so many octets; a longer one is broken off. The client's own limit holds
 * only for answers that say how long they are.
 */
final class ShortAnswers {
  private final int octets;
  private final RequestConfig patience;
  private volatile boolean tooLong;

  ShortAnswers(int octets, RequestConfig patience) {
    this.octets = octets;
    this.patience = patience;
  }

  /** Whether one of them was longer. */
  boolean wereTooLong() {
    return tooLong;
  }

  RestClientOptions options() {
    return new RestClientOptions(
        RequestOptions.DEFAULT.toBuilder()
            .setRequestConfig(patience)
            .setHttpAsyncResponseConsumerFactory(this::consumer)
            .build(),
        false);
  }

  private ContentTooLongException tooLong() {
    tooLong = true;
    return new ContentTooLongException("an answer of more than %d octets", octets);
  }

  private HttpAsyncResponseConsumer<HttpResponse> consumer() {
    return new Counting();
  }

  private final class Counting extends HeapBufferedAsyncResponseConsumer {
    private long received;

    Counting() {
      super(Integer.MAX_VALUE);
    }

    /** One that says how long it is has its room made before it comes. */
    @Override
    protected void onEntityEnclosed(HttpEntity entity, ContentType type) throws IOException {
      if (entity.getContentLength() > octets) {
        throw tooLong();
      }
      super.onEntityEnclosed(entity, type);
    }

    @Override
    protected void onContentReceived(ContentDecoder content, IOControl control) throws IOException {
      super.onContentReceived(
          new ContentDecoder() {
            @Override
            public int read(ByteBuffer into) throws IOException {
              int read = content.read(into);
              received += Math.max(0, read);
              if (received > octets) {
                throw tooLong();
              }
              return read;
            }

            @Override
            public boolean isCompleted() {
              return content.isCompleted();
            }
          },
          control);
    }
  }
}
