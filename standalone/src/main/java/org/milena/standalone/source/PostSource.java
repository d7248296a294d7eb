package org.milena.standalone.source;

import java.io.IOException;

/** An archive that can be read from its beginning to its end. */
public interface PostSource {

  /** The largest message that is held in memory; servers take less. */
  int MAX_MESSAGE = 100 << 20;

  /** What is read, in a few words: {@code mbox users.mbox}. */
  String name();

  /**
   * How much there is to read, in the unit of {@link Receiver#progress}; 0 where nobody knows.
   *
   * @throws IOException when it cannot be read
   */
  long size() throws IOException;

  /**
   * Gives all messages, in an order that is the same each time.
   *
   * @throws UnfitSourceException when it is no such archive
   * @throws IOException when it cannot be read on
   */
  void read(Receiver receiver) throws IOException;

  /** Takes what is read. */
  interface Receiver {
    /** A message. */
    void post(SourcePost post);

    /** Something that is odd; of what is left out no {@link #post} is told. */
    void odd(SourceOdd kind, String place, String text);

    /** How much was read so far. */
    void progress(long done);
  }
}
