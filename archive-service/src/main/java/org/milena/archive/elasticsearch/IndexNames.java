package org.milena.archive.elasticsearch;

/** The indices that posts and their bytes are in. */
public interface IndexNames {

  /** Of what is searched; it is there. */
  String posts();

  /** Of the bytes; it is there. */
  String raw();
}
