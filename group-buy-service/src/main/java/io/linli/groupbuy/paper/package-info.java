/// Tables as Excel and PDF files.
@NullMarked
package io.linli.groupbuy.paper;

import org.jspecify.annotations.NullMarked;
