#!/bin/bash
# A cluster of two nodes of one core each on this machine, in namespaces of its own: gives a study to
# it, kills a node as soon as it works, and waits until the queue is empty.
# Arguments: the program, the study, the folder for its runs.
set -e
program=$1 study=$2 out=$3 scratch=$(mktemp -d)
mount --make-rprivate /
for folder in /run /etc/munge /var/log/munge /var/lib/munge /var/spool /etc/slurm /var/log/slurm; do
  mkdir -p "$folder"
  mount -t tmpfs tmpfs "$folder"
done
printf '127.0.0.1 localhost\n10.98.0.1 cluster\n' > "$scratch/hosts"
mount --bind "$scratch/hosts" /etc/hosts
hostname cluster
ip link set lo up
ip address add 10.98.0.1/32 dev lo
mkdir -p /run/munge /var/spool/slurmctld /var/spool/slurmd.one /var/spool/slurmd.two
head -c 1024 /dev/urandom > /etc/munge/munge.key
chown -R munge: /etc/munge /run/munge /var/log/munge /var/lib/munge
chmod 700 /etc/munge
chmod 400 /etc/munge/munge.key
chmod 755 /run/munge
runuser -u munge -- munged --force
{
  echo 'ClusterName=test'
  echo 'SlurmctldHost=cluster(10.98.0.1)'
  echo 'SlurmUser=root'
  echo 'AuthType=auth/munge'
  echo 'StateSaveLocation=/var/spool/slurmctld'
  echo 'SlurmdSpoolDir=/var/spool/slurmd.%n'
  echo 'SlurmctldPidFile=/run/slurmctld.pid'
  echo 'SlurmdPidFile=/run/slurmd.%n.pid'
  echo 'SlurmctldLogFile=/var/log/slurm/control.log'
  echo 'SlurmdLogFile=/var/log/slurm/node.%n.log'
  echo 'ProctrackType=proctrack/linuxproc'
  echo 'TaskPlugin=task/none'
  echo 'SwitchType=switch/none'
  echo 'MpiDefault=none'
  echo 'JobAcctGatherType=jobacct_gather/none'
  echo 'AccountingStorageType=accounting_storage/none'
  echo 'SelectType=select/cons_tres'
  echo 'SelectTypeParameters=CR_CPU_Memory'
  echo 'CommunicationParameters=NoCtldInAddrAny,NoInAddrAny'
  echo 'SlurmdParameters=config_overrides'
  echo 'ReturnToService=2'
  echo 'JobRequeue=1'
  echo 'NodeName=one,two NodeHostname=cluster NodeAddr=10.98.0.1 Port=17101,17102 CPUs=1 RealMemory=3000'
  echo 'PartitionName=all Nodes=ALL Default=YES State=UP'
} > /etc/slurm/slurm.conf
printf 'CgroupAutomount=no\nConstrainCores=no\n' > /etc/slurm/cgroup.conf
slurmctld
slurmd -N one
slurmd -N two
sleep 3
"$program" study submit "$study" --engine slurm --out "$out"
until [ -n "$(squeue --noheader --states running --nodelist two)" ]; do
  [ -n "$(squeue --noheader)" ] || { echo 'nothing ran on the second node'; exit 1; }
  sleep 0.1
done
sleep 0.5
kill -9 "$(cat /run/slurmd.two.pid)"
scontrol update nodename=two state=down reason=test
echo 'the second node is lost'
for _ in $(seq 600); do
  [ -n "$(squeue --noheader)" ] || break
  sleep 1
done
[ -z "$(squeue --noheader)" ]
