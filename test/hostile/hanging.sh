#!/bin/sh
# A browser that does not end for longer than a walk takes.
sleep 8
