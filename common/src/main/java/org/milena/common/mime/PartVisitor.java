package org.milena.common.mime;

import java.io.IOException;
import java.io.InputStream;

/** Is shown each leaf of a MIME tree. */
public interface PartVisitor {

  /**
   * @param content decoded; need not be read to its end
   * @return whether to go on
   */
  boolean part(PartHeader header, InputStream content) throws IOException;
}
