/// What community-service is asked: where households live.
@NullMarked
package io.linli.groupbuy.community;

import org.jspecify.annotations.NullMarked;
